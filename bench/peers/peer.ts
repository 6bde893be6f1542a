/** What the benchmark asks of a limiter, and what a limiter's adapter may use of its process. */
import type { PeerJob } from './messages.ts';

export interface PeerSurroundings {
  readonly limit: number;
  readonly windowMs: number;
  /** Absent for limiters that keep their state in the process. */
  readonly redisPort?: number;
  /** Sends the job's call once, and tells of the job's end where the vendor accepted it. */
  call(job: PeerJob): Promise<PeerAnswer>;
  /** To be told of a job that the limiter gives up; those without an end of their own never do. */
  giveUp(job: PeerJob): void;
}

export interface PeerAnswer {
  readonly status: number;
  /** How long a 429 says to wait. */
  readonly retryAfterMs: number;
}

export interface Peer {
  /** Takes a job; resolves once the limiter has it, not once it is done. */
  add(job: PeerJob): Promise<void>;
}

export type CreatePeer = (surroundings: PeerSurroundings) => Promise<Peer>;

/** The packages of this folder's own `package.json`. */
export type PeerPackage = 'bottleneck' | 'bullmq' | 'ioredis' | 'p-queue' | 'rate-limiter-flexible';

/**
 * Loads a package that the project itself does not have: its types are not here either, so the adapter
 * states the few that it uses.
 */
export const loadPeer = async <T>(name: PeerPackage): Promise<T> => (await import(name)) as T;

export const sleep = (durationMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });

/**
 * Calls through a limiter that only says when: what was refused waits as long as the vendor says and
 * takes its turn again, as a careful caller would write it.
 */
export async function callUntilAccepted(
  { call }: PeerSurroundings,
  job: PeerJob,
  inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<void> {
  for (;;) {
    const { status, retryAfterMs } = await inTurn(() => call(job));
    if (status !== 429) return;
    await sleep(retryAfterMs);
  }
}
