/** Schedule groups: names under which schedules are kept and deleted together. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { parseName } from './schedule-record.ts';

/** When each group was made, by name. */
export type GroupRegistry = Map<string, number>;

export interface GroupContext {
  readonly groups: GroupRegistry;
  readonly nowMs: () => number;
  readonly arnPrefix: string;
}

export function createGroup(context: GroupContext, input: JsonInput) {
  const name = parseName(String(input['Name']));
  if (context.groups.has(name)) {
    throw new AwsError('ConflictException', `Schedule group ${name} already exists.`, {
      status: 409,
    });
  }
  context.groups.set(name, context.nowMs());
  return { ScheduleGroupArn: arnOf(context, name) };
}

export function getGroup(context: GroupContext, input: JsonInput) {
  const name = String(input['Name']);
  return describe(context, name, requireGroup(context.groups, name));
}

export const listGroups = (context: GroupContext, input: JsonInput) => ({
  ScheduleGroups: [...context.groups]
    .filter(([name]) => name.startsWith(String(input['NamePrefix'] ?? '')))
    .map(([name, createdAtMs]) => describe(context, name, createdAtMs)),
});

/** When the group was made. Throws ResourceNotFoundException. */
export function requireGroup(groups: GroupRegistry, name: string): number {
  const createdAtMs = groups.get(name);
  if (createdAtMs !== undefined) return createdAtMs;
  throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, {
    status: 404,
  });
}

const arnOf = ({ arnPrefix }: GroupContext, name: string): string =>
  `${arnPrefix}:schedule-group/${name}`;

const describe = (context: GroupContext, name: string, createdAtMs: number) => ({
  Arn: arnOf(context, name),
  Name: name,
  State: 'ACTIVE',
  CreationDate: createdAtMs / 1000,
  LastModificationDate: createdAtMs / 1000,
});
