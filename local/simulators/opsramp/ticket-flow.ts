/**
 * The states of a ticket and the ways between them. A tenant can change its flow; this is one in which
 * a ticket that nobody has looked at cannot be closed.
 */
export const TICKET_STATES = ['New', 'Open', 'Pending', 'On Hold', 'Resolved', 'Closed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

const FLOW: Readonly<Record<TicketState, readonly TicketState[]>> = {
  New: ['Open', 'Pending', 'On Hold', 'Resolved'],
  Open: ['Pending', 'On Hold', 'Resolved', 'Closed'],
  Pending: ['Open', 'On Hold', 'Resolved', 'Closed'],
  'On Hold': ['Open', 'Pending', 'Resolved'],
  Resolved: ['Open', 'Closed'],
  Closed: [],
};

export const PRIORITIES = ['Very Low', 'Low', 'Normal', 'High', 'Urgent'];

export const allowedFrom = (state: unknown): readonly TicketState[] =>
  FLOW[state as TicketState] ?? [];
