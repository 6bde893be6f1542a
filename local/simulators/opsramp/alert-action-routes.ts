/** What can be done to an alert. Every success is empty; a state reached already is a setting. */
import { emptyResponse } from '../frame/wire.ts';
import { type Alert, historyRow, settleStatus } from './alert-record.ts';
import { zonedDate } from './dates.ts';
import { fieldErrors, refuse } from './errors.ts';
import {
  getNamed,
  isText,
  notFound,
  type OpsRampRoute,
  parseOptionalBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { World } from './world.ts';

interface Action {
  readonly done: (alert: Alert) => boolean;
  readonly change: (alert: Alert) => Partial<Alert>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  acknowledge: {
    done: ({ acknowledged }) => acknowledged,
    change: () => ({ acknowledged: true }),
  },
  unAcknowledge: {
    done: ({ acknowledged }) => !acknowledged,
    change: () => ({ acknowledged: false }),
  },
  suppress: { done: ({ suppressed }) => suppressed, change: () => ({ suppressed: true }) },
  unSuppress: {
    done: ({ suppressed }) => !suppressed,
    change: () => ({ suppressed: false, permanentlySuppressed: false }),
  },
  close: { done: ({ closed }) => closed, change: () => ({ closed: true }) },
  heal: {
    done: ({ currentState }) => currentState === 'Ok',
    change: ({ currentState }) => ({ currentState: 'Ok', oldState: currentState }),
  },
};

export const alertActionRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'POST', '/alerts/:id/actions/:action', (call) => {
    const { tenant, params, nowMs, wrote } = call;
    const { alert, history, comments } = getNamed(call, tenant.alerts);
    const { done, change } = getAction(call);
    const { description } = parseOptionalBody(call);
    if (done(alert)) {
      if (world.settings.repeatedAlertAction === 'accepted') return emptyResponse(200);
      return fieldErrors({ action: `the alert is in the state of ${params['action']} already` });
    }
    Object.assign(alert, change(alert), { updatedTime: zonedDate(nowMs) });
    settleStatus(alert);
    history.push(historyRow(alert, String(params['action']), nowMs));
    if (isText(description)) comments.push(historyRow(alert, description, nowMs));
    wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', '/alerts/:id/incidents/:incidentId/attach', (call) => {
    const { tenant, params, nowMs, wrote } = call;
    const record = getNamed(call, tenant.alerts);
    const incident = tenant.tickets.incidents.get(params['incidentId'] ?? '');
    if (incident === undefined) return notFound(world, 'incidentId');
    Object.assign(incident, parseOptionalBody(call));
    record.incidentId = params['incidentId'];
    record.alert.ticketed = true;
    settleStatus(record.alert);
    record.history.push(historyRow(record.alert, `Attached to ${incident['id']}`, nowMs));
    wrote(1);
    return emptyResponse(200);
  }),
];

function getAction({ world: { settings }, params }: TenantCall): Action {
  const given = params['action'] ?? '';
  const isLower = settings.alertActionSpelling === 'lower-case';
  const found = Object.entries(ACTIONS).find(
    ([name]) => (isLower ? name.toLowerCase() : name) === given,
  );
  return found?.[1] ?? refuse(fieldErrors({ action: `unknown action ${given}` }));
}
