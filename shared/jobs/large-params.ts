/**
 * Parameters that would make each write of a row dear: DynamoDB bills a write by the size of the whole
 * row, and a job writes its row at every call. The first worker keeps them beside the job and takes
 * them out of the row; until then, and for as long as nobody works on the job, the row has them.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { type Json, parseJson } from '../kernel/json.ts';
import type { Delivery } from './delivery.ts';
import type { ResultStore } from './ports.ts';

/** An object costs less than the second write of such a row. */
export const ROW_PARAMS_BYTES_MAX = 16 * 1024;

const NOTE = 'params';

/** No type takes it: a worker of a version that does not look for the note cannot take it for parameters. */
const ELSEWHERE = 'null';

/** The stored parameters. Throws `job.refused` where they were kept apart and are no longer there. */
export async function takeParams(results: ResultStore, delivery: Delivery): Promise<Json> {
  const { job } = delivery;
  if (job.paramsBytes !== undefined) {
    const kept = await results.findNote(job, NOTE);
    if (kept !== undefined) return kept;
    throw new SluiceError(
      'job.refused',
      'the parameters of the job are no longer stored: send it as a new job',
    );
  }
  const params = parseJson(job.paramsJson);
  const paramsBytes = Buffer.byteLength(job.paramsJson);
  if (paramsBytes > ROW_PARAMS_BYTES_MAX) {
    await results.putNote(job, NOTE, params);
    delivery.change((row) => ({ ...row, paramsJson: ELSEWHERE, paramsBytes }));
  }
  return params;
}
