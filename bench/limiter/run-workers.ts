import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Assignment, addTallies, type Tally } from './assignment.ts';

const ENTRY = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

/** As many processes as this machine can run side by side; each of them holds its share of workers. */
const PROCESSES_MAX = Math.max(2, cpus().length);

/** Starts all, then lets them go together. `onCounted` is called when counting begins. */
export async function runWorkers(
  given: Omit<Assignment, 'firstWorker'>,
  onCounted: () => void,
): Promise<Tally> {
  const processes = Math.min(given.workers, PROCESSES_MAX);
  const shares = Array.from({ length: processes }, (_, n) => ({
    firstWorker: Math.floor((n * given.workers) / processes),
    end: Math.floor(((n + 1) * given.workers) / processes),
  }));
  const children = shares.map(() => fork(ENTRY, { serialization: 'advanced' }));
  await Promise.all(children.map((child) => once(child, 'spawn')));
  setTimeout(onCounted, given.notCountedMs);
  const tallies = children.map(async (child, n): Promise<Tally> => {
    const { firstWorker, end } = shares[n] ?? { firstWorker: 0, end: 0 };
    child.send({ ...given, firstWorker, workers: end - firstWorker } satisfies Assignment);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`a worker process ended with ${code}`);
    });
    const [tally] = await Promise.race([once(child, 'message'), ended]);
    return tally as Tally;
  });
  return addTallies(await Promise.all(tallies));
}
