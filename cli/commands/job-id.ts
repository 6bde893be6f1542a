import type { Arguments } from '../parse-arguments.ts';
import { UsageError } from '../usage-error.ts';

/** The first word, a job's id. Throws UsageError for what cannot be one. */
export function parseJobId({ words }: Arguments): string {
  const [id = ''] = words;
  if (/^[a-z]+_[a-z0-9_]+$/.test(id)) return id;
  throw new UsageError(`"${id}" is not a job id, such as job_1a2b3c: "sluice jobs" lists them`);
}
