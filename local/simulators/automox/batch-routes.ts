/** `POST /servers/batch`: answers at once with a job object, and changes the tags later. */
import { jsonResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import {
  type AutomoxRoute,
  type Body,
  isIntegers,
  isTexts,
  type OrgCall,
  orgRoute,
  parseBody,
} from './org-route.ts';
import { consoleDate, type Device, type World } from './world.ts';

const DEVICES_MAX = 500;

interface TagAction {
  readonly action: 'apply' | 'remove';
  readonly value: readonly string[];
}

export const batchRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'POST', '/servers/batch', (call) => {
    const { ids, actions } = parseBatch(call);
    const devices = ids.flatMap((id) => call.org.devices.get(id) ?? []);
    world.later.at(call.nowMs + world.settings.batchDelayMs, () => {
      for (const device of devices) for (const action of actions) retag(device, action);
    });
    call.wrote(devices.length);
    return jsonResponse(200, {
      id: world.nextId(),
      total_jobs: ids.length,
      pending_jobs: devices.length,
      processed_jobs: 0,
      progress: 0,
      failed_jobs: world.settings.absentDevicesFail ? ids.length - devices.length : 0,
      options: { queue: 'batch' },
      created_at: consoleDate(call.nowMs),
      cancelled_at: null,
      finished_at: null,
    });
  }),
];

function parseBatch(call: OrgCall): {
  readonly ids: readonly number[];
  readonly actions: readonly TagAction[];
} {
  const { devices, actions } = parseBody(call);
  if (!isIntegers(devices) || devices.length < 1 || devices.length > DEVICES_MAX) {
    return refuse(errorTexts(400, `devices must hold 1 to ${DEVICES_MAX} integers`));
  }
  if (!Array.isArray(actions) || actions.length === 0 || !actions.every(isTagAction)) {
    return refuse(errorTexts(400, 'actions must hold tag actions: apply or remove, with a value'));
  }
  return { ids: [...new Set(devices)], actions };
}

function isTagAction(row: unknown): row is TagAction {
  if (typeof row !== 'object' || row === null) return false;
  const { attribute, action, value } = row as Body;
  const known = action === 'apply' || action === 'remove';
  return attribute === 'tags' && known && isTexts(value) && value.length > 0;
}

function retag(device: Device, { action, value }: TagAction): void {
  const kept = device.tags.filter((tag) => !value.includes(tag));
  const already = device.tags.filter((tag) => value.includes(tag));
  const missing = value.filter((tag) => !already.includes(tag));
  device.tags = action === 'remove' ? kept : [...device.tags, ...new Set(missing)];
}
