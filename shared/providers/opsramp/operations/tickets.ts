/** Tickets: six kinds of one shape. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { get, Id, list, type OpsRampOperation, post, Text } from './rows.ts';

export const ticketKinds = [
  ...(['incidents', 'serviceRequests', 'changeRequests'] as const),
  ...(['problems', 'tasks', 'timeBoundRequests'] as const),
] as const;
export type TicketKind = (typeof ticketKinds)[number];

export const priorities = ['Very Low', 'Low', 'Normal', 'High', 'Urgent'] as const;

export const ticketFields = {
  subject: Text.max(1_000).describe('One line for people.'),
  description: Text.optional().describe('More for people.'),
  priority: z.enum(priorities).optional().describe('How much it matters.'),
  status: Text.max(100).optional().describe('Such as Open or Resolved, where the flow allows it.'),
  requester: z
    .strictObject({ loginName: Text.describe('Login name.') })
    .optional()
    .describe('Who asks.'),
  assignedUser: z
    .strictObject({ loginName: Text.describe('Login name.') })
    .optional()
    .describe('Who works on it.'),
  assigneeGroup: z
    .strictObject({ name: Text.describe('Name of the group.') })
    .optional()
    .describe('The group that works on it.'),
  resources: z
    .array(z.strictObject({ id: Id.describe('Id of the resource.') }))
    .min(1)
    .max(100)
    .optional()
    .describe('What it concerns.'),
  customFields: z
    .array(
      z.strictObject({
        id: Id.optional().describe('Id of the field.'),
        name: Text.optional().describe('Or its name.'),
        value: Text.describe('What it holds.'),
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .describe('Fields of the tenant.'),
};

const searchKeys = [
  ...['status', 'priority', 'subject', 'extTicketId', 'startCreationDate', 'endCreationDate'],
];

/** What each kind offers. */
export interface TicketOperations {
  readonly search: OpsRampOperation;
  readonly create: OpsRampOperation;
  readonly get: OpsRampOperation;
  readonly update: OpsRampOperation;
  readonly respond: OpsRampOperation;
  readonly close: OpsRampOperation;
}

export const ticketOperations: Readonly<Record<TicketKind, TicketOperations>> = {
  incidents: operationsOf('incidents'),
  serviceRequests: operationsOf('serviceRequests'),
  changeRequests: operationsOf('changeRequests'),
  problems: operationsOf('problems'),
  tasks: operationsOf('tasks'),
  timeBoundRequests: operationsOf('timeBoundRequests'),
};

/** All kinds, by a name such as `incidents.search`. */
export const tickets: Readonly<Record<string, OpsRampOperation>> = Object.fromEntries(
  Object.values(ticketOperations)
    .flatMap((ofKind) => Object.values<OpsRampOperation>({ ...ofKind }))
    .map((operation) => [operation.id, operation]),
);

function operationsOf(kind: TicketKind): TicketOperations {
  const all = `${TENANT}/${kind}`;
  const one = `${all}/{id}`;
  return {
    search: list(`${kind}.search`, `${all}/search`, searchKeys),
    create: post(
      `${kind}.create`,
      all,
      'reconcile',
      z.strictObject({ ...ticketFields, extTicketId: Text.optional(), alertId: Id.optional() }),
    ),
    get: get(`${kind}.get`, one),
    update: post(`${kind}.update`, one, 'idempotent', z.strictObject(ticketFields).partial()),
    respond: post(
      `${kind}.respond`,
      `${one}/responses`,
      'reconcile',
      z.strictObject({
        description: Text,
        internal: z.boolean().optional(),
        extTicketResponseId: Text.optional(),
      }),
    ),
    close: post(
      `${kind}.close`,
      `${one}/close`,
      'idempotent',
      z.strictObject({ reason: Text.optional(), notes: Text.optional() }),
    ),
  };
}
