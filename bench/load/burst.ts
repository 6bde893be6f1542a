import { getJob } from '../http-jobs.ts';
import type { NarrowTable } from './narrow-table.ts';
import { sideBySide } from './timed.ts';

export interface BurstFigures {
  readonly posted: number;
  readonly accepted: number;
  readonly refused: number;
  /** Answers that are neither 202 nor 429 or 503 with `Retry-After`. */
  readonly unfit: number;
  /** Jobs that were accepted and that nobody finds. */
  readonly lost: number;
}

/**
 * Posts `count` jobs at once, of which the table takes a hundredth in a second: what this machine takes
 * about ten seconds to answer is ten times what the table takes meanwhile.
 */
export async function runBurst(
  url: string,
  table: NarrowTable,
  count: number,
  message: (index: number) => object,
): Promise<BurstFigures> {
  table.narrow(Math.ceil(count / 100));
  const answers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const body = JSON.stringify(message(index));
      const response = await fetch(`${url}/jobs`, { method: 'POST', body });
      const { id } = (await response.json()) as { id?: string };
      return { status: response.status, retryAfter: response.headers.get('retry-after'), id };
    }),
  );
  table.widen();
  const accepted = answers.filter(({ status }) => status === 202);
  const refused = answers.filter(
    ({ status, retryAfter }) => [429, 503].includes(status) && Number(retryAfter) > 0,
  );
  const found = await sideBySide(accepted.length, 16, (index) =>
    getJob(url, accepted[index]?.id ?? '').catch(() => undefined),
  );
  return {
    posted: count,
    accepted: accepted.length,
    refused: refused.length,
    unfit: count - accepted.length - refused.length,
    lost: found.filter((job) => job === undefined).length,
  };
}
