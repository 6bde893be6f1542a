/**
 * How a key is rotated at each vendor as a person does it there: a second key is made, later the first
 * one is revoked. With it, jobs of that vendor that keep its key in use.
 */
import type { SimulatorOf } from '../../../local/stack/vendor-simulators.ts';
import type { ProviderName } from '../../../shared/config/account.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import type { JobWish } from './scenario.ts';
import {
  ACCOUNT,
  ampVendor,
  automoxVendor,
  ORG,
  opsRampVendor,
  type ScenarioVendor,
} from './scenario-vendor.ts';

export interface Rotation<P extends ProviderName> {
  readonly vendor: ScenarioVendor<SimulatorOf<P>>;
  /** What is put once the second key is there. */
  readonly next: Json;
  makeNext(simulator: SimulatorOf<P>): void;
  revokeFirst(simulator: SimulatorOf<P>): void;
  /** A job of one call or few. */
  readonly read: JobWish;
  /** A job of many calls that change something. */
  readonly write: JobWish;
  /** Of the writing job: the call by which it changes things, and how many of them in all. */
  readonly writes: { readonly operation: string; readonly effects: number };
  /** Answers by which a vendor refuses a dead key: for OpsRamp, of a call and of its token. */
  readonly refusalsOfDeadKey: number;
}

const TENANT = 'client_42';

export const rotations: { readonly [P in ProviderName]: Rotation<P> } = {
  automox: {
    vendor: automoxVendor(600),
    next: { apiKey: 'next-key' },
    makeNext: ({ keys }) => keys.add('next-key', { accountId: 'acme', orgs: [ORG] }),
    revokeFirst: ({ keys }) => {
      keys.revoke('automox-key');
    },
    read: { type: 'automox.servers.query', params: { filters: { osFamily: 'Windows' } } },
    write: {
      type: 'automox.servers.batch',
      params: {
        select: { name: '*' },
        actions: [{ attribute: 'tags', action: 'apply', value: ['pilot'] }],
      },
    },
    writes: { operation: 'POST /servers/batch', effects: 600 },
    refusalsOfDeadKey: 1,
  },
  opsramp: {
    vendor: opsRampVendor(60),
    next: { key: 'next-key', secret: 'next-secret' },
    makeNext: ({ credentials }) =>
      credentials.add('next-key', { secret: 'next-secret', tenants: [TENANT] }),
    revokeFirst: ({ credentials }) => credentials.revoke('opsramp-key'),
    read: { type: 'opsramp.alerts.query', params: {} },
    write: {
      type: 'opsramp.alerts.act',
      params: { action: 'acknowledge', description: 'Known', select: { acknowledged: false } },
    },
    writes: { operation: 'POST /api/v2/tenants/:tenantId/alerts/:id/actions/:action', effects: 60 },
    refusalsOfDeadKey: 2,
  },
  amp: {
    vendor: ampVendor(60),
    next: { clientId: 'next', apiKey: 'next-key' },
    makeNext: ({ credentials }) =>
      credentials.add('next', { apiKey: 'next-key', business: ACCOUNT }),
    revokeFirst: ({ credentials }) => credentials.revoke('1234'),
    read: { type: 'amp.computers.query', params: {} },
    write: {
      type: 'amp.computer.isolate',
      params: { select: { lastSeenWithinDays: 3_650 }, atMost: 60, followForMinutes: 24 * 60 },
    },
    writes: { operation: 'PUT /computers/:guid/isolation', effects: 60 },
    refusalsOfDeadKey: 1,
  },
};
