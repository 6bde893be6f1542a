import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Assignment, addTallies, type Tally } from './assignment.ts';

const ENTRY = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

/** As many processes as this machine can run side by side; each of them holds its share of workers. */
const PROCESSES_MAX = Math.max(2, cpus().length);

export interface Run extends Omit<Assignment, 'firstWorker' | 'countedFromMs' | 'endsAtMs'> {
  readonly notCountedMs: number;
  readonly countedMs: number;
  /** Called when counting begins. */
  readonly onCounted: () => void;
}

/** Starts all, then lets them go together. */
export async function runWorkers(run: Run): Promise<Tally> {
  const { notCountedMs, countedMs, onCounted, ...given } = run;
  const processes = Math.min(given.workers, PROCESSES_MAX);
  const firstOf = (n: number): number => Math.floor((n * given.workers) / processes);
  const children = Array.from({ length: processes }, () =>
    fork(ENTRY, { serialization: 'advanced' }),
  );
  await Promise.all(children.map(answerOf));
  const countedFromMs = Date.now() + notCountedMs;
  const endsAtMs = countedFromMs + countedMs;
  setTimeout(onCounted, notCountedMs);
  const tallies = children.map((child, n) => {
    const share = { firstWorker: firstOf(n), workers: firstOf(n + 1) - firstOf(n) };
    child.send({ ...given, ...share, countedFromMs, endsAtMs } satisfies Assignment);
    return answerOf(child);
  });
  return addTallies((await Promise.all(tallies)) as Tally[]);
}

/** The next message. Throws where the process ends before. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a worker process ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}
