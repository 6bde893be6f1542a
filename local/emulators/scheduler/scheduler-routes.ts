/** The REST paths of EventBridge Scheduler. */
import type { AwsRequest } from '../endpoint/aws-service.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { createGroup, getGroup, listGroups, requireGroup } from './schedule-groups.ts';
import * as schedules from './schedule-operations.ts';

type Run = (context: schedules.ScheduleContext, input: JsonInput) => object;

export interface SchedulerRoute {
  readonly operation: string;
  readonly run: Run;
  /** The schedule or group that the path names. */
  readonly name: string | undefined;
}

/** By method and the first segment of the path; `/NAME` marks those that name one of them. */
const routes: Readonly<Record<string, readonly [operation: string, run: Run]>> = {
  'POST schedules/NAME': ['CreateSchedule', schedules.createSchedule],
  'PUT schedules/NAME': ['UpdateSchedule', schedules.updateSchedule],
  'GET schedules/NAME': ['GetSchedule', schedules.getSchedule],
  'DELETE schedules/NAME': ['DeleteSchedule', schedules.deleteSchedule],
  'GET schedules': ['ListSchedules', schedules.listSchedules],
  'POST schedule-groups/NAME': ['CreateScheduleGroup', createGroup],
  'GET schedule-groups/NAME': ['GetScheduleGroup', getGroup],
  'DELETE schedule-groups/NAME': ['DeleteScheduleGroup', deleteGroup],
  'GET schedule-groups': ['ListScheduleGroups', listGroups],
};

export function findRoute({ method, path }: AwsRequest): SchedulerRoute | undefined {
  const [, folder = '', name] = path.split('/');
  const route = routes[`${method} ${folder}${name ? '/NAME' : ''}`];
  if (route === undefined) return undefined;
  const [operation, run] = route;
  return { operation, run, name: name ? decodeURIComponent(name) : undefined };
}

/** The schedules of the group go with it. */
function deleteGroup(context: schedules.ScheduleContext, input: JsonInput): object {
  const group = String(input['Name']);
  requireGroup(context.groups, group);
  for (const record of [...context.records.values()].filter((one) => one.group === group)) {
    schedules.deleteSchedule(context, { Name: record.name, GroupName: group });
  }
  context.groups.delete(group);
  return {};
}
