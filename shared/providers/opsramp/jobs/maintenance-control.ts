/**
 * `opsramp.maintenance.suspend`, `.resume` and `.end`: move a maintenance window on, unless it is there
 * already.
 *
 * OpsRamp suspends and ends only an active window, and resumes only a suspended one. A recurring window
 * that is ended waits for its next time; a one-time window that waits was never open, and is refused.
 */
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject, scalarText } from '../../../kernel/json.ts';
import { idIn } from '../list-pages.ts';
import type { OpsRampOperation } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { getWindow, WindowParams } from './find-window.ts';

interface Control {
  readonly verb: 'suspend' | 'resume' | 'end';
  readonly past: string;
  readonly operation: OpsRampOperation;
  readonly body?: Json;
  /** The state in which OpsRamp allows it. */
  readonly from: string;
  /** States in which there is nothing left to do. */
  readonly reached: (window: JsonObject) => readonly string[];
  readonly example: Json;
}

function createControl(control: Control): JobType<WindowParams> {
  return {
    type: `opsramp.maintenance.${control.verb}`,
    provider: 'opsramp',
    description: `${capitalized(control.verb)}s a maintenance window, unless that is done already.`,
    params: WindowParams,
    example: control.example,
    budget: 'other.write',
    // To suspend and then to resume must not become the other way round.
    shards: 1,
    cost: {
      operations: [operations.searchMaintenances, operations.getMaintenance, control.operation],
      calls: 'two, and a search for a name',
    },
    execute: (context, params) => moveOn(context, params, control),
  };
}

export const maintenanceSuspend = createControl({
  verb: 'suspend',
  past: 'suspended',
  operation: operations.suspendMaintenance,
  body: { pattern: 'now' },
  from: 'Active',
  reached: () => ['Suspended'],
  example: { name: 'March window' },
});

export const maintenanceResume = createControl({
  verb: 'resume',
  past: 'resumed',
  operation: operations.resumeMaintenance,
  from: 'Suspended',
  reached: () => ['Active', 'Pending'],
  example: { name: 'March window' },
});

export const maintenanceEnd = createControl({
  verb: 'end',
  past: 'ended',
  operation: operations.endMaintenance,
  from: 'Active',
  // One that recurs waits for its next time; another one that waits is still to come.
  reached: (window) => (isOneTime(window) ? ['Completed'] : ['Completed', 'Pending']),
  example: { windowId: 'SM-7c1d2e3f-5a6b-4c7d-8e9f-0a1b2c3d4e5f' },
});

async function moveOn(
  context: JobContext,
  params: WindowParams,
  { verb, past, operation, body, from, reached }: Control,
): Promise<JobEnd> {
  const window = await getWindow(context, params);
  const id = idIn(window, 'uniqueId') ?? '';
  const status = scalarText(window['status']);
  const data = { windowId: id, before: status };
  if (reached(window).some((state) => isSame(state, status))) {
    return { status: 'succeeded', summary: `window ${id} is ${status.toLowerCase()}`, data };
  }
  if (!isSame(status, from)) {
    throw new SluiceError(
      'job.refused',
      `window ${id} is ${status}: only ${from} ones can ${verb}`,
    );
  }
  const call = { operation, key: verb, path: { id }, ...(body === undefined ? {} : { body }) };
  await context.call(call);
  const did = context.observing ? `would ${verb}` : past;
  return { status: 'succeeded', summary: `${did} window ${id}`, data };
}

const isOneTime = ({ schedule }: JsonObject): boolean =>
  isJsonObject(schedule) && isSame(scalarText(schedule['type']), 'One-Time');

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
