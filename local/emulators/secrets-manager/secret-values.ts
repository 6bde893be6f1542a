/**
 * Versions and their staging labels: put, get, and the moves of a rotation.
 * Source: AWS Secrets Manager API reference, PutSecretValue and UpdateSecretVersionStage.
 */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput, JsonOperation } from '../endpoint/json-service.ts';
import {
  CURRENT,
  findStage,
  makeCurrent,
  moveStage,
  type SecretRecord,
  type SecretVersion,
} from './secret-record.ts';
import type { SecretStore } from './secret-store.ts';

export interface SecretsContext {
  readonly store: SecretStore;
  readonly nowMs: () => number;
  readonly region: string;
  readonly accountId: string;
}

export const valueOperations = (context: SecretsContext): Record<string, JsonOperation> => ({
  GetSecretValue: (input) => getSecretValue(context, input),
  BatchGetSecretValue: (input) => batchGet(context, input),
  PutSecretValue: (input) => putSecretValue(context, input),
  ListSecretVersionIds: (input) => listVersions(context, input),
  UpdateSecretVersionStage: (input) => updateStage(context, input),
});

function getSecretValue({ store }: SecretsContext, input: JsonInput) {
  const record = store.getInUse(input['SecretId']);
  const version = findVersion(record, input);
  return {
    ARN: record.arn,
    Name: record.name,
    VersionId: version.id,
    VersionStages: version.stages,
    CreatedDate: version.createdAtMs / 1000,
    ...(version.text !== undefined && { SecretString: version.text }),
    ...(version.binary !== undefined && { SecretBinary: version.binary }),
  };
}

function findVersion(record: SecretRecord, input: JsonInput): SecretVersion {
  const id = input['VersionId'];
  const stage = input['VersionStage'] ?? (id === undefined ? CURRENT : undefined);
  const version = record.versions.find(
    (one) =>
      (id === undefined || one.id === id) &&
      (stage === undefined || one.stages.includes(String(stage))),
  );
  if (version !== undefined) return version;
  const sought = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${sought}`,
  );
}

function batchGet(context: SecretsContext, input: JsonInput) {
  const SecretValues: unknown[] = [];
  const Errors: unknown[] = [];
  for (const SecretId of toList(input['SecretIdList'])) {
    try {
      SecretValues.push(getSecretValue(context, { SecretId }));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues, Errors };
}

function putSecretValue(context: SecretsContext, input: JsonInput) {
  const record = context.store.getInUse(input['SecretId']);
  const changed = addVersion(context, record, input);
  context.store.put(changed.record);
  return {
    ARN: record.arn,
    Name: record.name,
    VersionId: changed.version.id,
    VersionStages: changed.version.stages,
  };
}

/** `record` with the value of `input` as a version; the same token and value change nothing. */
export function addVersion(
  context: SecretsContext,
  record: SecretRecord,
  input: JsonInput,
): { readonly record: SecretRecord; readonly version: SecretVersion } {
  const value = parseValue(input);
  const id = String(input['ClientRequestToken'] ?? randomUUID());
  const existing = record.versions.find((version) => version.id === id);
  if (existing !== undefined) {
    if (existing.text === value.text && existing.binary === value.binary) {
      return { record, version: existing };
    }
    throw new AwsError('ResourceExistsException', 'the version id was used with another value');
  }
  const nowMs = context.nowMs();
  const asked = input['VersionStages'] === undefined ? [CURRENT] : toList(input['VersionStages']);
  let versions: SecretVersion[] = [
    ...record.versions,
    { id, createdAtMs: nowMs, stages: [], ...value },
  ];
  for (const stage of asked.map(String)) {
    versions = stage === CURRENT ? makeCurrent(versions, id) : moveStage(versions, stage, id);
  }
  const version = versions.find((one) => one.id === id) as SecretVersion;
  return { record: { ...record, versions, changedAtMs: nowMs }, version };
}

function parseValue(input: JsonInput): { readonly text?: string; readonly binary?: string } {
  const { SecretString: text, SecretBinary: binary } = input;
  if ((typeof text === 'string') === (typeof binary === 'string')) {
    throw new AwsError(
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary, and not both.',
    );
  }
  return typeof text === 'string' ? { text } : { binary: String(binary) };
}

function listVersions({ store }: SecretsContext, input: JsonInput) {
  const record = store.get(input['SecretId']);
  const shown = record.versions.filter(
    (version) => version.stages.length > 0 || input['IncludeDeprecated'] === true,
  );
  return {
    ARN: record.arn,
    Name: record.name,
    Versions: shown.map((version) => ({
      VersionId: version.id,
      VersionStages: version.stages,
      CreatedDate: version.createdAtMs / 1000,
    })),
  };
}

function updateStage({ store, nowMs }: SecretsContext, input: JsonInput) {
  const record = store.getInUse(input['SecretId']);
  const stage = String(input['VersionStage']);
  const to = input['MoveToVersionId'] as string | undefined;
  const holder = findStage(record.versions, stage);
  if (holder !== undefined && to !== holder.id && input['RemoveFromVersionId'] !== holder.id) {
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId must be ${holder.id}, which holds ${stage}.`,
    );
  }
  if (to !== undefined && !record.versions.some((version) => version.id === to)) {
    throw new AwsError('ResourceNotFoundException', `no version ${to}`);
  }
  const versions =
    stage === CURRENT && to !== undefined
      ? makeCurrent(record.versions, to)
      : moveStage(record.versions, stage, to);
  store.put({ ...record, versions, changedAtMs: nowMs() });
  return { ARN: record.arn, Name: record.name };
}

export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
