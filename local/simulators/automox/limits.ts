/** The limits that Automox documents, as data. */
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import type { LimitRule } from '../frame/admission.ts';
import type { WireHead } from '../frame/wire.ts';
import type { Caller } from './accounts.ts';

const accountOf = (_head: WireHead, caller: Caller): string | undefined => caller.accountId;

const accountCalling =
  (method: string, path: string) =>
  (head: WireHead, caller: Caller): string | undefined =>
    head.method === method && head.path === path ? caller.accountId : undefined;

const PORTAL = 'Automox developer portal: Rate Limiting';

const automoxLimits: readonly LimitRule<Caller>[] = [
  {
    name: 'account',
    requests: 100,
    windowMs: seconds(1),
    scopeOf: accountOf,
    source: PORTAL,
  },
  {
    name: 'servers.batch',
    requests: 5,
    windowMs: minutes(1),
    scopeOf: accountCalling('POST', '/servers/batch'),
    source: PORTAL,
  },
  {
    name: 'servers.list',
    requests: 29,
    windowMs: minutes(1),
    lockMs: minutes(1),
    scopeOf: accountCalling('GET', '/servers'),
    source: 'Automox console API description: GET /servers, "under 30 requests per minute"',
  },
  {
    name: 'unauthenticated',
    requests: 15,
    windowMs: seconds(1),
    scopeOf: (head, caller) => (caller.accountId === undefined ? head.ip : undefined),
    source: PORTAL,
  },
];

/** The same limits with every length of time multiplied, so that a test need not wait a minute. */
export const scaledLimits = (scale: number): LimitRule<Caller>[] =>
  automoxLimits.map((rule) => ({
    ...rule,
    windowMs: rule.windowMs * scale,
    ...(rule.lockMs === undefined ? {} : { lockMs: rule.lockMs * scale }),
  }));
