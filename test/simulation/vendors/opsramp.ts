/**
 * OpsRamp: a key and a secret that buy a token of a few minutes, limits by category of path, and a
 * reset told as an epoch in each answer.
 */
import type { InProcessRequest, WireAnswer } from '../../../local/simulators/frame/wire.ts';
import { createOpsRampSimulator } from '../../../local/simulators/opsramp/opsramp-simulator.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import {
  bodyOf,
  isMade,
  NO_LIMITS,
  pickOf,
  type Standing,
  type VendorFacts,
  type WorkOf,
} from './vendor-facts.ts';

const TENANT = 'client_42';
const TOKENS = '/auth/oauth/token';
const BELOW = `/api/v2/tenants/${TENANT}`;
const PROCESS = 'PROC-1';
const FIRST_KEY = { key: 'first-key', secret: 'canary-secret-first' };
const SECOND_KEY = { key: 'second-key', secret: 'canary-secret-second' };
const ALERTS = 60;
const ALERTS_OF_A_JOB = 3;
const grant = ({ secret }: typeof FIRST_KEY) => ({ secret, tenants: [TENANT] });

export const opsrampFacts: VendorFacts = {
  account: {
    provider: 'opsramp',
    tenantId: TENANT,
    scope: 'client',
    host: 'api.opsramp.com',
    tokenPath: TOKENS,
  },
  limits: {
    'device.write': { requests: 4, windowMs: minutes(1) },
    'alerts.write': { requests: 6, windowMs: minutes(1) },
    'alerts.paged': { requests: 8, windowMs: minutes(1) },
    'tickets.paged': { requests: 8, windowMs: minutes(1) },
    'tickets.write': { requests: 3, windowMs: minutes(1) },
    'other.write': { requests: 5, windowMs: minutes(1) },
  },
  configured: [
    ...['device.write', 'alerts.write', 'alerts.paged'],
    ...['tickets.paged', 'tickets.write', 'other.write'],
  ],
  workKinds: [
    ...['update', 'update', 'update', 'update'],
    ...['ack', 'ticket', 'ticket'],
    'start',
    'start',
    'alerts',
  ],
  secrets: [FIRST_KEY, SECOND_KEY],
  canaries: [FIRST_KEY.secret, SECOND_KEY.secret],
  givesTokens: true,
  open({ clock }) {
    const simulator = createOpsRampSimulator({
      clock,
      credentials: { [FIRST_KEY.key]: grant(FIRST_KEY) },
      fleet: { resources: 20, alerts: ALERTS },
      settings: { tokenLifeMs: minutes(3), pageSizeMax: 25 },
      windowScale: NO_LIMITS,
    });
    simulator.credentials.add(SECOND_KEY.key, grant(SECOND_KEY));
    const { alerts, resources, tickets } = simulator.tenant(TENANT);
    const works: Readonly<Record<string, WorkOf>> = {
      update({ name }) {
        const resourceId = pickOf(resources.keys(), name);
        const aliasName = `alias ${name}`;
        return {
          type: 'opsramp.resource.update',
          params: { resourceId, changes: { aliasName } },
          onceOnly: [],
          isDone: () => resources.get(resourceId)?.['aliasName'] === aliasName,
        };
      },
      ack({ name }) {
        const ids = Array.from({ length: ALERTS_OF_A_JOB }, (_, n) =>
          pickOf(alerts.keys(), name * ALERTS_OF_A_JOB + n),
        );
        return {
          type: 'opsramp.alerts.act',
          params: { action: 'acknowledge', description: `work ${name}`, alerts: ids },
          onceOnly: [],
          isDone: () => ids.every((id) => alerts.get(id)?.alert.acknowledged),
        };
      },
      ticket({ name }, effects) {
        const onceOnly = [`ticket T-${name}`];
        // OpsRamp begins it as New: a search, a create and a change.
        const ticket = { subject: `ticket ${name}`, description: 'simulated', status: 'Open' };
        return {
          type: 'opsramp.ticket.ensure',
          params: { externalId: `T-${name}`, ticket },
          onceOnly,
          isDone: () =>
            isMade(effects, onceOnly)() &&
            tickets.incidents
              .values()
              .some(({ extTicketId, status }) => extTicketId === `T-${name}` && status === 'Open'),
        };
      },
      start({ name }, effects) {
        const onceOnly = [`start alert-${name}`];
        const event = { startEvent: 'StartEvent_1', alert: `alert-${name}` };
        return {
          type: 'opsramp.process.start',
          params: { processId: PROCESS, ...event, followMinutes: 10 },
          onceOnly,
          isDone: isMade(effects, onceOnly),
        };
      },
      alerts: () => ({
        type: 'opsramp.alerts.query',
        params: {},
        onceOnly: [],
        isDone: () => true,
        rows: ALERTS,
      }),
    };
    return {
      simulator,
      budgetOf,
      effectOf,
      works,
      rateHeaders,
      revokeFirstSecret: () => simulator.credentials.revoke(FIRST_KEY.key),
      expireTokens: simulator.credentials.expireTokens,
      tokenIn,
    };
  },
};

function budgetOf({ method, path }: InProcessRequest): string | undefined {
  if (path === TOKENS) return 'other.write';
  const below = path.startsWith(BELOW) ? path.slice(BELOW.length) : '';
  if (method === 'GET') {
    if (below === '/alerts/search') return 'alerts.paged';
    return below === '/incidents/search' ? 'tickets.paged' : undefined;
  }
  if (below.startsWith('/resources/')) return 'device.write';
  if (below.startsWith('/alerts/')) return 'alerts.write';
  return below.startsWith('/incidents') ? 'tickets.write' : 'other.write';
}

function effectOf(request: InProcessRequest): string | undefined {
  const { method, path } = request;
  if (method !== 'POST') return undefined;
  if (path === `${BELOW}/incidents`) return `ticket ${bodyOf(request)['extTicketId']}`;
  if (path !== `${BELOW}/metadata/processes/start/${PROCESS}`) return undefined;
  const [event] = Object.values(bodyOf(request)) as { readonly alert?: string }[];
  return `start ${event?.alert}`;
}

/** In double quotes, as one client of the vendor's is written to expect. */
const rateHeaders = ({ requests, remaining, waitMs, nowMs }: Standing) => ({
  'x-ratelimit-limit': `"${requests}"`,
  'x-ratelimit-remaining': `"${remaining}"`,
  'x-ratelimit-reset': `"${Math.ceil((nowMs + waitMs) / 1_000)}"`,
});

function tokenIn({ body }: WireAnswer): string | undefined {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : '';
  return /"access_token":"(.+?)"/.exec(text)?.[1];
}
