/**
 * Results and notes in S3. A result grows part by part, each a gzip member of its own; sealing joins
 * the members as they are, for gzip members one after another are one gzip file (RFC 1952, 2.2).
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Job } from '../jobs/job.ts';
import type { ResultObject, ResultStore } from '../jobs/ports.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Json, parseJson, stringifyJson } from '../kernel/json.ts';
import { findObject, putObject, type S3BucketOptions, type StoredObject } from './s3-objects.ts';

/** Parts fetched side by side when a result is sealed. */
const PARTS_AT_ONCE = 8;
const PART_DIGITS = 5;
const GZIP_TYPE = 'application/gzip';
const ROWS = 'rows';

const compress = promisify(gzip);

export function createS3ResultStore(options: S3BucketOptions): ResultStore {
  return {
    async putPart(job, index, rows) {
      const bytes = await compress(rows.map((row) => `${stringifyJson(row)}\n`).join(''));
      await putObject(options, partKey(job, index), bytes, GZIP_TYPE, {
        [ROWS]: String(rows.length),
      });
    },
    seal: (job, parts) => sealResult(options, job, parts),
    async putNote(job, name, value) {
      const bytes = Buffer.from(stringifyJson(value));
      await putObject(options, noteKey(job, name), bytes, 'application/json');
    },
    async findNote(job, name): Promise<Json | undefined> {
      const note = await findObject(options, noteKey(job, name));
      return note && parseJson(Buffer.from(note.bytes).toString());
    },
  };
}

async function sealResult(
  options: S3BucketOptions,
  job: Job,
  parts: number,
): Promise<ResultObject> {
  const members = await readParts(options, job, parts);
  const rows = members.reduce((sum, { metadata }) => sum + Number(metadata[ROWS]), 0);
  invariant(Number.isSafeInteger(rows), `a part of ${job.id} does not say how many rows it has`);
  const bytes =
    members.length === 0 ? await compress('') : Buffer.concat(members.map((it) => it.bytes));
  const key = `${resultFolder(job)}/result.ndjson.gz`;
  await putObject(options, key, bytes, GZIP_TYPE, { [ROWS]: String(rows) });
  return { key, rows, bytes: bytes.length };
}

async function readParts(
  options: S3BucketOptions,
  job: Job,
  parts: number,
): Promise<readonly StoredObject[]> {
  const members: StoredObject[] = [];
  while (members.length < parts) {
    const count = Math.min(PARTS_AT_ONCE, parts - members.length);
    const keys = Array.from({ length: count }, (_, offset) =>
      partKey(job, members.length + offset),
    );
    members.push(...(await Promise.all(keys.map((key) => getPart(options, key)))));
  }
  return members;
}

async function getPart(options: S3BucketOptions, key: string): Promise<StoredObject> {
  const part = await findObject(options, key);
  invariant(part !== undefined, `the result part ${key} is not there`);
  return part;
}

const resultFolder = (job: Job): string => `results/${job.id}/${job.run}`;

const partKey = (job: Job, index: number): string =>
  `${resultFolder(job)}/part-${String(index).padStart(PART_DIGITS, '0')}.ndjson.gz`;

/** Without the run: a job that is retried finds the targets it had frozen. */
const noteKey = (job: Job, name: string): string => `notes/${job.id}/${name}.json`;
