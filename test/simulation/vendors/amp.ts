/**
 * Cisco AMP: HTTP Basic, one limit for all calls of the business, and a reset told as seconds to go.
 * The vendor's hour is a minute here, so that a short history sees many of them.
 */
import { createAmpSimulator } from '../../../local/simulators/amp/amp-simulator.ts';
import type { InProcessRequest } from '../../../local/simulators/frame/wire.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import type { VendorPlan } from '../plan.ts';
import {
  bodyOf,
  isMade,
  NO_LIMITS,
  pickOf,
  type Standing,
  type VendorFacts,
  type WorkOf,
} from './vendor-facts.ts';

const FIRST_KEY = { clientId: 'first-client', apiKey: 'canary-key-first' };
const SECOND_KEY = { clientId: 'second-client', apiKey: 'canary-key-second' };
const BUSINESS = 'acme';
const COMPUTERS = 20;
/** One more than a page holds. */
const LISTED_FILES = 501;
const FILES_OF_A_JOB = 3;

type Key = typeof FIRST_KEY;
const basic = ({ clientId, apiKey }: Key): string =>
  Buffer.from(`${clientId}:${apiKey}`).toString('base64');

export const ampFacts: VendorFacts = {
  account: { provider: 'amp', region: 'nam' },
  limits: { account: { requests: 8, windowMs: minutes(1) } },
  configured: ['account'],
  workKinds: [
    ...['move', 'move', 'move', 'files'],
    ...['isolate', 'isolate'],
    'group',
    'group',
    'list',
  ],
  secrets: [FIRST_KEY, SECOND_KEY],
  canaries: [FIRST_KEY, SECOND_KEY].flatMap((key) => [key.apiKey, basic(key)]),
  givesTokens: false,
  open({ clock }) {
    const simulator = createAmpSimulator({
      clock,
      credentials: { [FIRST_KEY.clientId]: { apiKey: FIRST_KEY.apiKey, business: BUSINESS } },
      fleet: { computers: COMPUTERS, events: 0 },
      windowScale: NO_LIMITS,
    });
    const { apiKey } = SECOND_KEY;
    simulator.credentials.add(SECOND_KEY.clientId, { apiKey, business: BUSINESS });
    const { computers, groups, fileLists } = simulator.business(BUSINESS).state;
    const isolatable = [...computers.values()].filter(({ isolation }) => isolation.available);
    const [listed, changed] = fileLists.values();
    invariant(listed && changed, 'the business has file lists');
    for (let n = listed.items.size; n < LISTED_FILES; n += 1)
      listed.items.set(sha256Hex(`${n}`), '');
    const works: Readonly<Record<string, WorkOf>> = {
      move({ name }) {
        const computer = pickOf(computers.values(), name);
        const group = pickOf(groups.keys(), 1);
        return {
          type: 'amp.computers.move-group',
          params: { computers: [computer.guid], group, followForMinutes: 10 },
          onceOnly: [],
          isDone: () => computer.groupGuid === group,
        };
      },
      files({ name }) {
        const files = Array.from({ length: FILES_OF_A_JOB }, (_, n) => sha256Hex(`${name} ${n}`));
        return {
          type: 'amp.file-list.add',
          params: { list: changed.guid, files, description: `work ${name}` },
          onceOnly: [],
          isDone: () => files.every((file) => changed.items.has(file)),
        };
      },
      isolate({ name }, effects) {
        const { guid } = pickOf(isolatable, name);
        const onceOnly = [`isolate ${guid}`];
        return {
          type: 'amp.computer.isolate',
          params: { computers: [guid], comment: `work ${name}`, followForMinutes: 30 },
          onceOnly,
          isDone: isMade(effects, onceOnly),
        };
      },
      /** Nobody looks for the traces of a call that a caller made up: sent once, or uncertain. */
      group({ name }, effects) {
        const onceOnly = [`group group ${name}`];
        const body = { name: `group ${name}`, description: 'of the simulation' };
        return {
          type: 'amp.call',
          params: { operation: 'groups.create', body },
          onceOnly,
          isDone: isMade(effects, onceOnly),
        };
      },
      list: () => ({
        type: 'amp.file-list.query',
        params: { list: listed.guid },
        onceOnly: [],
        isDone: () => true,
        rows: LISTED_FILES,
      }),
    };
    return {
      simulator,
      budgetOf: () => 'account',
      effectOf,
      works,
      rateHeaders,
      revokeFirstSecret: () => simulator.credentials.revoke(FIRST_KEY.clientId),
      expireTokens: () => {},
      tokenIn: () => undefined,
    };
  },
};

function effectOf(request: InProcessRequest): string | undefined {
  const { method, path } = request;
  if (method === 'POST' && path === '/v1/groups') return `group ${bodyOf(request)['name']}`;
  const [, guid] = /^\/v1\/computers\/([^/]+)\/isolation$/.exec(path) ?? [];
  return method === 'PUT' && guid !== undefined ? `isolate ${guid}` : undefined;
}

/** Seconds to go, cut to whole ones; the instant is told beside it, or not. */
function rateHeaders({ requests, remaining, waitMs, nowMs }: Standing, plan: VendorPlan) {
  const resetAtMs = Math.ceil((nowMs + waitMs) / 1_000) * 1_000;
  const isoSeconds = `${new Date(resetAtMs).toISOString().slice(0, 19)}Z`;
  return {
    'x-ratelimit-limit': String(requests),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.floor(waitMs / 1_000)),
    ...(plan.retryAfter === 'date' ? { 'x-ratelimit-resetdate': isoSeconds } : {}),
  };
}
