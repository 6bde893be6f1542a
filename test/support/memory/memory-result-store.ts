import { gunzipSync, gzipSync } from 'node:zlib';
import type { Job } from '../../../shared/jobs/job.ts';
import type { ResultReader, ResultStore } from '../../../shared/jobs/ports.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import { parseJson, stringifyJson } from '../../../shared/kernel/json.ts';

/** Results and notes in memory, kept as the text that S3 would hold. */
export function createMemoryResultStore(): ResultStore & ResultReader {
  const objects = new Map<string, Uint8Array>();
  const partText = (job: Job, index: number): string => {
    const part = objects.get(partKey(job, index));
    invariant(part !== undefined, `part ${index} of ${job.id} is not there`);
    return gunzipSync(part).toString();
  };
  return {
    async putPart(job, index, rows) {
      const text = rows.map((row) => `${stringifyJson(row)}\n`).join('');
      objects.set(partKey(job, index), gzipSync(text));
    },
    async seal(job, parts) {
      const text = Array.from({ length: parts }, (_, index) => partText(job, index)).join('');
      const bytes = gzipSync(text);
      const key = `results/${job.id}/${job.run}/result.ndjson.gz`;
      objects.set(key, bytes);
      return { key, rows: text.split('\n').length - 1, bytes: bytes.length };
    },
    async putNote(job, name, value) {
      objects.set(noteKey(job, name), Buffer.from(stringifyJson(value)));
    },
    async findNote(job, name) {
      const note = objects.get(noteKey(job, name));
      return note && parseJson(Buffer.from(note).toString());
    },
    read: async (key) => structuredClone(objects.get(key)),
    link: async (key, lifeMs) => `memory:///${key}?lifeMs=${lifeMs}`,
  };
}

const partKey = (job: Job, index: number): string => `results/${job.id}/${job.run}/part-${index}`;

const noteKey = (job: Job, name: string): string => `notes/${job.id}/${name}`;
