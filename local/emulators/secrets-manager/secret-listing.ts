/** DescribeSecret and ListSecrets: everything about a secret but its value. */
import type { JsonInput, JsonOperation } from '../endpoint/json-service.ts';
import { type SecretRecord, stagesByVersion } from './secret-record.ts';
import { type SecretsContext, toList } from './secret-values.ts';

const PAGE_SIZE_MAX = 100;

export const listingOperations = (context: SecretsContext): Record<string, JsonOperation> => ({
  DescribeSecret: (input) => {
    const record = context.store.get(input['SecretId']);
    return { ...describe(record), VersionIdsToStages: stagesByVersion(record) };
  },
  ListSecrets: (input) => listSecrets(context, input),
});

function listSecrets({ store }: SecretsContext, input: JsonInput) {
  const filters = toList(input['Filters']) as readonly Filter[];
  const matching = store
    .list()
    .filter(
      (record) => record.deletedAtMs === undefined || input['IncludePlannedDeletion'] === true,
    )
    .filter((record) => filters.every((filter) => matches(record, filter)));
  const start = Number(input['NextToken'] ?? 0);
  const end = start + Math.min(Number(input['MaxResults'] ?? PAGE_SIZE_MAX), PAGE_SIZE_MAX);
  return {
    SecretList: matching.slice(start, end).map((record) => ({
      ...describe(record),
      SecretVersionsToStages: stagesByVersion(record),
    })),
    ...(end < matching.length && { NextToken: String(end) }),
  };
}

const describe = (record: SecretRecord) => ({
  ARN: record.arn,
  Name: record.name,
  ...(record.description !== undefined && { Description: record.description }),
  CreatedDate: record.createdAtMs / 1000,
  LastChangedDate: record.changedAtMs / 1000,
  ...(record.deletionAtMs !== undefined && { DeletedDate: record.deletionAtMs / 1000 }),
  Tags: record.tags,
});

interface Filter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

/** Prefix match on one value, negated by a leading `!`, as AWS filters. */
function matches(record: SecretRecord, { Key, Values = [] }: Filter): boolean {
  const text = Key === 'description' ? (record.description ?? '') : record.name;
  return Values.some((value) =>
    value.startsWith('!') ? !text.startsWith(value.slice(1)) : text.startsWith(value),
  );
}
