/** The operations on schedules. Source: Amazon EventBridge Scheduler API reference. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import type { Clockwork } from './schedule-clockwork.ts';
import { type GroupRegistry, requireGroup } from './schedule-groups.ts';
import { parseScheduleRecord, type ScheduleRecord } from './schedule-record.ts';

export interface ScheduleContext {
  readonly records: Map<string, ScheduleRecord>;
  readonly groups: GroupRegistry;
  readonly clockwork: Clockwork;
  readonly nowMs: () => number;
  readonly arnPrefix: string;
}

export const DEFAULT_GROUP = 'default';

export function createSchedule(context: ScheduleContext, input: JsonInput) {
  const identity = identify(context, input);
  requireGroup(context.groups, identity.group);
  const existing = context.records.get(identity.arn);
  if (existing !== undefined && existing.clientToken !== input['ClientToken']) {
    throw new AwsError('ConflictException', `Schedule ${identity.name} already exists.`, {
      status: 409,
    });
  }
  const nowMs = context.nowMs();
  const record = parseScheduleRecord(input, { ...identity, createdAtMs: nowMs }, nowMs);
  if (existing === undefined) keep(context, record);
  return { ScheduleArn: identity.arn };
}

/** Replaces every setting, as AWS does: what is left out goes back to its default. */
export function updateSchedule(context: ScheduleContext, input: JsonInput) {
  const { arn, name, group, createdAtMs } = getRecord(context, input);
  const identity = { arn, name, group, createdAtMs };
  keep(context, parseScheduleRecord(input, identity, context.nowMs()));
  return { ScheduleArn: arn };
}

function keep({ records, clockwork }: ScheduleContext, record: ScheduleRecord): void {
  records.set(record.arn, record);
  clockwork.wind(record);
}

export function getSchedule(context: ScheduleContext, input: JsonInput) {
  const record = getRecord(context, input);
  return { ...record.asked, ...summary(record) };
}

export function deleteSchedule(context: ScheduleContext, input: JsonInput) {
  const { arn } = getRecord(context, input);
  context.records.delete(arn);
  context.clockwork.stop(arn);
  return {};
}

export function listSchedules({ records }: ScheduleContext, input: JsonInput) {
  const matching = [...records.values()]
    .filter((record) => record.name.startsWith(String(input['NamePrefix'] ?? '')))
    .filter((record) => [undefined, record.group].includes(input['ScheduleGroup'] as string))
    .filter((record) => [undefined, record.asked['State']].includes(input['State'] as string));
  const start = Number(input['NextToken'] ?? 0);
  const end = start + Number(input['MaxResults'] ?? LIST_MAX);
  return {
    Schedules: matching.slice(start, end).map((record) => ({
      ...summary(record),
      State: record.asked['State'],
      Target: { Arn: record.target.Arn },
    })),
    ...(end < matching.length && { NextToken: String(end) }),
  };
}

const LIST_MAX = 100;

const summary = (record: ScheduleRecord) => ({
  Arn: record.arn,
  Name: record.name,
  GroupName: record.group,
  CreationDate: record.createdAtMs / 1000,
  LastModificationDate: record.changedAtMs / 1000,
});

function identify({ arnPrefix }: ScheduleContext, input: JsonInput) {
  const name = String(input['Name']);
  const group = String(input['GroupName'] ?? input['groupName'] ?? DEFAULT_GROUP);
  return { name, group, arn: `${arnPrefix}:schedule/${group}/${name}` };
}

function getRecord(context: ScheduleContext, input: JsonInput): ScheduleRecord {
  const { arn, name } = identify(context, input);
  const record = context.records.get(arn);
  if (record !== undefined) return record;
  throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, {
    status: 404,
  });
}
