import { SluiceError } from '../../shared/errors/sluice-error.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { ResultReader } from '../../shared/jobs/ports.ts';
import { minutes } from '../../shared/kernel/duration.ts';
import type { HttpAnswer } from '../../shared/lambda/http.ts';

export interface ResultDeps {
  readonly results: ResultReader;
}

/** Lambda answers at most 6 MB, in base 64: what is larger is handed out as a link that ends soon. */
const BODY_BYTES_MAX = 4_000_000;
const LINK_LIFE_MS = minutes(5);

/** JSON for small results; NDJSON, one row a line, for lists. Throws `job.result-not-ready`. */
export async function answerResult({ results }: ResultDeps, job: Job): Promise<HttpAnswer> {
  const { result } = job;
  if (!result) {
    throw new SluiceError('job.result-not-ready', `the job is ${job.status} and has no result`);
  }
  if (result.kind === 'inline') {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: result.json };
  }
  if (result.bytes > BODY_BYTES_MAX) {
    return { status: 303, headers: { location: await results.link(result.key, LINK_LIFE_MS) } };
  }
  const body = await results.read(result.key);
  if (!body) throw new SluiceError('job.not-found', 'the result was kept for its time and is gone');
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
  return { status: 200, headers, body };
}
