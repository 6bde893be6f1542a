import * as z from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Json } from '../kernel/json.ts';

/** Throws `job.stale-input` where a former version of the code left what this one cannot read. */
export function parseCheckpoint<T>(schema: z.ZodType<T>, stored: Json | undefined): T | undefined {
  if (stored === undefined) return undefined;
  const parsed = z.safeParse(schema, stored);
  if (parsed.success) return parsed.data;
  throw new SluiceError(
    'job.stale-input',
    'the job was begun by another version and cannot go on from there: submit it again',
  );
}
