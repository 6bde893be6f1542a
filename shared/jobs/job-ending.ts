import { stringifyJson } from '../kernel/json.ts';
import type { Ending } from './finish-job.ts';
import type { Job } from './job.ts';
import type { JobEnd } from './job-type.ts';
import type { ResultStore } from './ports.ts';

/** Results up to this stay in the row. */
export const INLINE_RESULT_BYTES_MAX = 100 * 1024;

/** Parameters and result together: DynamoDB holds 400 KB a row, and the timeline needs its share. */
const ROW_BYTES_MAX = 320 * 1024;

/** The row's ending from what the job's function answered; lists and large results become objects. */
export async function endingOf(end: JobEnd, job: Job, results: ResultStore): Promise<Ending> {
  const ending = { status: end.status, summary: end.summary };
  if (end.parts !== undefined) {
    return { ...ending, result: { kind: 'object', ...(await results.seal(job, end.parts)) } };
  }
  if (end.data === undefined) return ending;
  const json = stringifyJson(end.data);
  const bytes = Buffer.byteLength(json);
  if (
    bytes <= INLINE_RESULT_BYTES_MAX &&
    bytes + Buffer.byteLength(job.paramsJson) <= ROW_BYTES_MAX
  ) {
    return { ...ending, result: { kind: 'inline', json } };
  }
  await results.putPart(job, 0, Array.isArray(end.data) ? end.data : [end.data]);
  return { ...ending, result: { kind: 'object', ...(await results.seal(job, 1)) } };
}
