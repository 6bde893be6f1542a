/** The processes of a peer, each started anew when it is killed; who holds which job. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromPeer, PeerJob, PeerStart, ToPeer } from '../../peers/messages.ts';
import type { Forgotten } from './lost-jobs.ts';

export interface PeerWorkers {
  /** To the processes in turn. */
  add(job: PeerJob): void;
  /** Kills every process; resolves once others are in their place. */
  killAll(): Promise<void>;
  /** Jobs that were in a process when it was first killed, and were added again; and jobs given up. */
  forgotten(): readonly Forgotten[];
  /** Once those that are being replaced are up, all processes are ended. */
  close(): Promise<void>;
}

interface Place {
  process: ChildProcess;
  /** Added to it and not done. */
  readonly held: Map<string, PeerJob>;
}

const ENTRY = fileURLToPath(new URL('../../peers/peer-process.ts', import.meta.url));

export async function startPeerWorkers(
  start: PeerStart,
  { processes, queuesInProcess }: { processes: number; queuesInProcess: boolean },
): Promise<PeerWorkers> {
  const places: Place[] = [];
  const forgotten = new Map<string, Forgotten>();
  let next = 0;
  let replacing = Promise.resolve();

  const forget = (key: string, atMs = Date.now()): void => {
    if (!forgotten.has(key)) forgotten.set(key, { key, atMs });
  };
  const open = async (held: Map<string, PeerJob>): Promise<ChildProcess> => {
    const child = fork(ENTRY, [JSON.stringify(start)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('error', () => undefined);
    child.on('message', (message: FromPeer) => {
      if (message.kind === 'done') held.delete(message.key);
      if (message.kind === 'given-up') forget(message.key);
    });
    await once(child, 'message');
    return child;
  };
  const give = ({ process, held }: Place, job: PeerJob): void => {
    held.set(job.key, job);
    process.send({ kind: 'add', job } satisfies ToPeer);
  };
  const replace = async (place: Place): Promise<void> => {
    const exit = once(place.process, 'exit');
    const atMs = Date.now();
    place.process.kill('SIGKILL');
    await exit;
    const waiting = [...place.held.values()];
    place.process = await open(place.held);
    if (!queuesInProcess) return;
    for (const job of waiting) {
      forget(job.key, atMs);
      give(place, job);
    }
  };

  await Promise.all(
    Array.from({ length: processes }, async () => {
      const held = new Map<string, PeerJob>();
      places.push({ process: await open(held), held });
    }),
  );
  return {
    add(job) {
      const place = places[next % places.length];
      next += 1;
      if (place) give(place, job);
    },
    killAll() {
      replacing = replacing.then(async () => void (await Promise.all(places.map(replace))));
      return replacing;
    },
    forgotten: () => [...forgotten.values()],
    async close() {
      await replacing;
      for (const { process } of places) process.kill('SIGKILL');
    },
  };
}
