/**
 * The secrets of one account, found by name, ARN, or ARN without its random suffix.
 *
 * Guarantees: with a file, every change is on disk before it is answered, replaced as a whole
 * (a kill leaves the old or the new file) and readable by its owner alone.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsError } from '../endpoint/aws-error.ts';
import type { SecretRecord } from './secret-record.ts';

export interface SecretStore {
  find(secretId: unknown): SecretRecord | undefined;
  /** Throws ResourceNotFoundException. */
  get(secretId: unknown): SecretRecord;
  /** As `get`; throws InvalidRequestException for a secret marked as deleted. */
  getInUse(secretId: unknown): SecretRecord;
  put(record: SecretRecord): void;
  delete(record: SecretRecord): void;
  list(): readonly SecretRecord[];
}

export function createSecretStore(file?: string): SecretStore {
  const records = new Map(readRecords(file).map((record) => [record.name, record]));
  const save = (): void => {
    if (file !== undefined) writeRecords(file, [...records.values()]);
  };
  const find = (secretId: unknown): SecretRecord | undefined => {
    const id = String(secretId);
    if (!id.startsWith('arn:')) return records.get(id);
    return records.values().find(({ arn }) => arn === id || arn.slice(0, -7) === id);
  };
  const get = (secretId: unknown): SecretRecord => {
    const record = find(secretId);
    if (record !== undefined) return record;
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  };
  return {
    find,
    get,
    getInUse: (secretId) => {
      const record = get(secretId);
      if (record.deletedAtMs === undefined) return record;
      throw new AwsError(
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    },
    put: (record) => {
      records.set(record.name, record);
      save();
    },
    delete: (record) => {
      records.delete(record.name);
      save();
    },
    list: () => [...records.values()],
  };
}

function readRecords(file: string | undefined): SecretRecord[] {
  if (file === undefined || !existsSync(file)) return [];
  return JSON.parse(readFileSync(file, 'utf8')) as SecretRecord[];
}

function writeRecords(file: string, records: readonly SecretRecord[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(records, undefined, 1), { mode: 0o600 });
  renameSync(fresh, file);
}
