/** Alerts. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { Fields, get, Id, list, post, Text } from './rows.ts';

const ALERTS = `${TENANT}/alerts`;

export const alertActions = [
  ...(['acknowledge', 'unAcknowledge', 'suppress', 'unSuppress', 'close', 'heal'] as const),
] as const;

export const alertStates = ['CRITICAL', 'WARNING', 'OK', 'INFO'] as const;

/** One event; OpsRamp makes an alert of it, or adds it to the one of its resource and service. */
export const AlertEvent = z.strictObject({
  serviceName: Text.describe('What is watched; with resource and component it makes the alert.'),
  currentState: z.enum(alertStates).describe('OK heals the alert.'),
  subject: Text.describe('One line for people.'),
  description: Text.optional().describe('More for people.'),
  device: z
    .strictObject({
      hostName: Text.optional().describe('Host name of the device.'),
      resourceUUID: Text.optional().describe('Id of the device.'),
      ipAddress: Text.optional().describe('Address of the device.'),
    })
    .optional()
    .describe('The device, by one of its names.'),
  resource: z
    .strictObject({
      id: Text.optional().describe('Id of the resource.'),
      extResourceId: Text.optional().describe('Your own id of the resource.'),
      hostName: Text.optional().describe('Host name of the resource.'),
      resourceType: Text.optional().describe('Type of the resource.'),
    })
    .optional()
    .describe('Or the resource, by one of its names.'),
  app: Text.optional().describe('What the alert comes from.'),
  component: Text.optional().describe('The part of the resource.'),
  alertType: Text.optional().describe('Such as Monitoring.'),
  alertTime: Text.optional().describe('When it happened; default now.'),
  monitorName: Text.optional().describe('The monitor that saw it.'),
  extAlertId: Text.optional().describe('Your own id of the alert.'),
});
export type AlertEvent = z.output<typeof AlertEvent>;

const searchKeys = [
  ...['states', 'startDate', 'endDate', 'priority', 'uniqueId', 'deviceStatus', 'resourceType'],
  ...['resourceIds', 'actions', 'alertTypes', 'metrics', 'duration', 'alertTimeBase', 'clientIds'],
];

export const alerts = {
  searchAlerts: list('alerts.search', `${ALERTS}/search`, searchKeys),
  getAlert: get('alerts.get', `${ALERTS}/{id}`),
  listAlertComments: list('alerts.comments', `${ALERTS}/{id}/comments`),
  /** Its own envelope: the hundred newest; older ones by the key endTime. */
  listAlertOccurrences: list('alerts.occurrences', `${ALERTS}/{id}/occurrences`, ['endTime']),
  listAlertStatusHistory: list('alerts.history', `${TENANT}/alertStatusHistory/{id}`),
  /** Event ids are known for 30 days. */
  getEventAlert: get('alerts.event', `${ALERTS}/event/{eventId}`),
  /** Folds into the one alert of resource, service and component: a repeat only counts up there. */
  createAlert: post('alerts.create', `${TENANT}/alert`, 'idempotent', AlertEvent),
  createAlerts: post(
    'alerts.createMany',
    ALERTS,
    'idempotent',
    z.array(AlertEvent).min(1).max(100),
  ),
  actOnAlert: post(
    'alerts.act',
    `${ALERTS}/{id}/actions/{action}`,
    'idempotent',
    z.strictObject({ description: Text, snoozeDuration: z.int().positive().optional() }),
    { path: { action: z.enum([...alertActions, 'unacknowledge', 'unsuppress']) } },
  ),
  attachIncident: post(
    'alerts.attachIncident',
    `${ALERTS}/{id}/incidents/{incidentId}/attach`,
    'reconcile',
    z.strictObject({
      status: Text.optional(),
      priority: Text.optional(),
      assignedUser: z.union([Id, Fields]).optional(),
    }),
  ),
} as const;
