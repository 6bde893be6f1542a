/**
 * Alerts. Events about the same resource, service and component fold into one alert for as long as it
 * is not closed: it repeats, changes its state, and is healed by an OK.
 */
import { plainDate, zonedDate } from './dates.ts';
import type { Resource, Row, Tenant, World } from './world.ts';

export type AlertState = 'Critical' | 'Warning' | 'Ok' | 'Info';

export interface Alert {
  readonly uniqueId: string;
  subject: string;
  description: string;
  currentState: AlertState;
  oldState: AlertState | '';
  readonly serviceName: string;
  readonly metric: string;
  readonly component: string;
  readonly alertType: string;
  readonly app: string;
  acknowledged: boolean;
  suppressed: boolean;
  permanentlySuppressed: boolean;
  closed: boolean;
  ticketed: boolean;
  readonly clientUniqueId: string;
  readonly tenantId: number;
  status: string;
  readonly priority: string;
  readonly alertTime: string;
  readonly createdDate: string;
  updatedTime: string;
  /** A number in text. */
  repeatCount: string;
  /** Both are there or neither. */
  readonly device?: Row;
  readonly resource?: Row;
}

export interface AlertRecord {
  readonly alert: Alert;
  readonly comments: Row[];
  readonly history: Row[];
  readonly occurrences: { readonly atMs: number; readonly state: AlertState }[];
  incidentId: string | undefined;
}

/** What an event says, whoever sent it. */
export interface AlertEvent {
  readonly subject: string;
  readonly description: string;
  readonly state: AlertState;
  readonly serviceName: string;
  readonly component: string;
  readonly alertType: string;
  readonly app: string;
  readonly priority: string;
  readonly resource: Resource | undefined;
  readonly atMs: number;
}

/** Folds an event into the open alert of its subject, or opens one. Gives the alert's id. */
export function receiveEvent(world: World, tenant: Tenant, event: AlertEvent): string {
  const open = [...tenant.alerts.values()].find((record) => folds(record, event));
  const record = open ?? openAlert(world, tenant, event);
  if (open !== undefined) repeat(open, event);
  record.occurrences.push({ atMs: event.atMs, state: event.state });
  return record.alert.uniqueId;
}

const folds = ({ alert }: AlertRecord, event: AlertEvent): boolean =>
  !alert.closed &&
  alert.serviceName === event.serviceName &&
  alert.component === event.component &&
  alert.resource?.['id'] === event.resource?.id;

function repeat({ alert, history }: AlertRecord, event: AlertEvent): void {
  alert.repeatCount = String(Number(alert.repeatCount) + 1);
  alert.updatedTime = zonedDate(event.atMs);
  if (alert.currentState === event.state) return;
  alert.oldState = alert.currentState;
  alert.currentState = event.state;
  alert.subject = event.subject;
  history.push(historyRow(alert, `State changed to ${event.state}`, event.atMs));
}

export function openAlert(world: World, tenant: Tenant, event: AlertEvent): AlertRecord {
  const { atMs, state, resource, serviceName, ...texts } = event;
  const alert: Alert = {
    ...texts,
    uniqueId: String(world.nextId()),
    currentState: state,
    oldState: '',
    serviceName,
    metric: serviceName,
    acknowledged: false,
    suppressed: false,
    permanentlySuppressed: false,
    closed: false,
    ticketed: false,
    clientUniqueId: tenant.uniqueId,
    tenantId: tenant.number,
    status: 'Open',
    alertTime: plainDate(atMs),
    createdDate: zonedDate(atMs),
    updatedTime: zonedDate(atMs),
    repeatCount: '1',
    ...(resource === undefined ? {} : sidesOf(resource)),
  };
  const history = [historyRow(alert, 'Alert opened', atMs)];
  const record = { alert, comments: [], history, occurrences: [], incidentId: undefined };
  tenant.alerts.set(alert.uniqueId, record);
  return record;
}

function sidesOf(resource: Resource): { readonly device: Row; readonly resource: Row } {
  const { id, name, hostName, ipAddress, type, resourceType } = resource;
  return {
    device: { id, name, hostName, ipAddress, type },
    resource: { id, name, hostName, ipAddress, resourceType },
  };
}

export const historyRow = (alert: Alert, description: string, atMs: number): Row => ({
  status: alert.status,
  currentState: alert.currentState,
  description,
  updatedBy: 'System',
  createdDate: zonedDate(atMs),
});

/** Open, unless something was done to it; a close outweighs all. */
export function settleStatus(alert: Alert): void {
  const states: readonly (readonly [holds: boolean, status: string])[] = [
    [alert.closed, 'Closed'],
    [alert.suppressed, 'Suppressed'],
    [alert.ticketed, 'Ticketed'],
    [alert.acknowledged, 'Acknowledged'],
  ];
  alert.status = states.find(([holds]) => holds)?.[1] ?? 'Open';
}
