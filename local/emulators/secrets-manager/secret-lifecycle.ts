/** Create, update, delete, restore. Source: AWS Secrets Manager API reference. */
import { days } from '../../../shared/kernel/duration.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput, JsonOperation } from '../endpoint/json-service.ts';
import { newSecretArn, type SecretRecord } from './secret-record.ts';
import { addVersion, type SecretsContext, toList } from './secret-values.ts';

const NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const RECOVERY_DAYS = { min: 7, default: 30, max: 30 } as const;

export const lifecycleOperations = (context: SecretsContext): Record<string, JsonOperation> => ({
  CreateSecret: (input) => createSecret(context, input),
  UpdateSecret: (input) => updateSecret(context, input),
  DeleteSecret: (input) => deleteSecret(context, input),
  RestoreSecret: (input) => restoreSecret(context, input),
});

function createSecret(context: SecretsContext, input: JsonInput) {
  const name = parseName(input['Name']);
  if (context.store.find(name) !== undefined) {
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const nowMs = context.nowMs();
  const empty: SecretRecord = {
    arn: newSecretArn(context.region, context.accountId, name),
    name,
    ...(typeof input['Description'] === 'string' && { description: input['Description'] }),
    tags: toList(input['Tags']),
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    versions: [],
  };
  const { record, versionId } = withValue(context, empty, input);
  context.store.put(record);
  return { ARN: record.arn, Name: name, ...(versionId !== undefined && { VersionId: versionId }) };
}

function updateSecret(context: SecretsContext, input: JsonInput) {
  const before = context.store.getInUse(input['SecretId']);
  const { record, versionId } = withValue(context, before, input);
  const description = input['Description'];
  context.store.put({
    ...record,
    ...(typeof description === 'string' && { description }),
    changedAtMs: context.nowMs(),
  });
  return {
    ARN: record.arn,
    Name: record.name,
    ...(versionId !== undefined && { VersionId: versionId }),
  };
}

/** A secret may be created or updated without a value; it then gets no version. */
function withValue(context: SecretsContext, before: SecretRecord, input: JsonInput) {
  if (input['SecretString'] === undefined && input['SecretBinary'] === undefined) {
    return { record: before, versionId: undefined };
  }
  const { record, version } = addVersion(context, before, input);
  return { record, versionId: version.id };
}

function deleteSecret({ store, nowMs }: SecretsContext, input: JsonInput) {
  const record = store.get(input['SecretId']);
  const deletedAtMs = nowMs();
  const isFinal = input['ForceDeleteWithoutRecovery'] === true;
  const deletionAtMs = isFinal ? deletedAtMs : deletedAtMs + days(parseWindow(input));
  if (isFinal) store.delete(record);
  else store.put({ ...record, deletedAtMs, deletionAtMs });
  return { ARN: record.arn, Name: record.name, DeletionDate: deletionAtMs / 1000 };
}

function restoreSecret({ store }: SecretsContext, input: JsonInput) {
  const { deletedAtMs: _, deletionAtMs: __, ...record } = store.get(input['SecretId']);
  store.put(record);
  return { ARN: record.arn, Name: record.name };
}

function parseName(name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw new AwsError('ValidationException', 'Invalid name. Allowed: letters, digits, /_+=.@-');
}

function parseWindow(input: JsonInput): number {
  const recoveryDays = Number(input['RecoveryWindowInDays'] ?? RECOVERY_DAYS.default);
  if (recoveryDays >= RECOVERY_DAYS.min && recoveryDays <= RECOVERY_DAYS.max) return recoveryDays;
  throw new AwsError('InvalidParameterException', 'RecoveryWindowInDays must be 7 to 30.');
}
