/**
 * Which alerts are meant: what OpsRamp searches by, and what it does not (host name, service, subject,
 * and the marks of an alert), which is filtered here.
 *
 * source: 'OpsRamp OpenAPI descriptions, v2': GET /alerts/search.
 */
import * as z from 'zod';
import { isJsonObject, type JsonObject, scalarText } from '../../kernel/json.ts';
import { alertStates } from './operations/alerts.ts';
import { Instant, SearchText, searchDateOf, toQueryString } from './query-string.ts';

const VALUES_MAX = 50;

const some = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(VALUES_MAX).optional();

const priorities = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5'] as const;

const mark = (text: string) => z.boolean().optional().describe(text);

/** Absent means any, in each field; what is given must hold all at once. */
export const alertSelectionFields = {
  states: some(z.enum(alertStates)).describe('In one of these states.'),
  priorities: some(z.enum(priorities)).describe('Of one of these priorities.'),
  since: Instant.optional().describe('Created at this instant or later, ISO 8601.'),
  until: Instant.optional().describe('Created at this instant or earlier.'),
  resources: some(SearchText).describe('Of one of these resources, by id.'),
  hostName: z
    .string()
    .min(1)
    .optional()
    .describe('Of the resource with exactly this host name; case does not matter.'),
  resourceTypes: some(SearchText).describe('Of a resource of one of these types.'),
  alertTypes: some(SearchText).describe('Of one of these types, such as Monitoring.'),
  metrics: some(SearchText).describe('Of one of these metrics.'),
  clients: some(SearchText).describe('Of one of these clients of a partner, by unique id.'),
  serviceName: z.string().min(1).optional().describe('Of exactly this service.'),
  subject: z.string().min(1).optional().describe('With this text in its subject, in any case.'),
  acknowledged: mark('Whether it is acknowledged.'),
  suppressed: mark('Whether it is suppressed.'),
  ticketed: mark('Whether it has an incident.'),
  closed: mark('Whether it is closed.'),
};

const AlertSelection = z.strictObject(alertSelectionFields);
export type AlertSelection = z.output<typeof AlertSelection>;

/** The part of the selection that OpsRamp answers. */
export const alertQuery = (selection: AlertSelection): string | undefined =>
  toQueryString({
    states: selection.states,
    startDate: searchDateOf(selection.since),
    endDate: searchDateOf(selection.until),
    priority: selection.priorities,
    resourceType: selection.resourceTypes,
    resourceIds: selection.resources,
    alertTypes: selection.alertTypes,
    metrics: selection.metrics,
    clientIds: selection.clients,
  });

const marks = ['acknowledged', 'suppressed', 'ticketed', 'closed'] as const;

/** State and priority are compared again: what the vendor overlooks must not widen what a job does. */
export function isSelectedAlert(selection: AlertSelection, alert: JsonObject): boolean {
  const { states, priorities, hostName, serviceName, subject } = selection;
  return (
    isAmong(states, alert['currentState']) &&
    isAmong(priorities, alert['priority']) &&
    (hostName === undefined || lower(hostNameOf(alert)) === hostName.toLowerCase()) &&
    (serviceName === undefined || alert['serviceName'] === serviceName) &&
    (subject === undefined || lower(alert['subject']).includes(subject.toLowerCase())) &&
    marks.every(
      (name) => selection[name] === undefined || selection[name] === isMarked(alert, name),
    )
  );
}

/** An alert says what it is about as `resource`, as `device`, or as both. */
function hostNameOf({ resource, device }: JsonObject): unknown {
  const side = [resource, device].find(isJsonObject);
  return side?.['hostName'];
}

export const isMarked = (alert: JsonObject, name: string): boolean =>
  alert[name] === true || alert[name] === 'true';

/** States come in title case. A row that does not say is not ruled out. */
const isAmong = (wanted: readonly string[] | undefined, value: unknown): boolean =>
  wanted === undefined ||
  value === undefined ||
  wanted.some((it) => it.toLowerCase() === lower(value));

const lower = (value: unknown): string => scalarText(value).toLowerCase();
