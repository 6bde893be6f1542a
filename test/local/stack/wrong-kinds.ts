/** Twenty ways in which a job message can be wrong, and the fields that the answer names. */
import { queryServers, tagDevices } from './messages.ts';

export interface WrongKind {
  readonly name: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
}

const good = queryServers('wrong');
const batch = tagDevices([1], 'wrong');
const { type: _type, ...untyped } = good;
const { account: _account, ...unowned } = good;

const kind = (
  name: string,
  message: Readonly<Record<string, unknown>>,
  ...fields: readonly string[]
): WrongKind => ({ name, message, fields });

const withParams = (name: string, params: unknown, ...fields: readonly string[]): WrongKind =>
  kind(name, { ...batch, params }, ...fields.map((field) => `params.${field}`));

const actions = batch.params.actions;

export const wrongKinds: readonly WrongKind[] = [
  kind('nothing in it', {}, 'type', 'account'),
  kind('no type', untyped, 'type'),
  kind('no account', unowned, 'account'),
  kind('a type that does not exist', { ...good, type: 'automox.servers.qeury' }, 'type'),
  kind('an account that does not exist', { ...good, account: 'acmee' }, 'account'),
  kind('an account that is a number', { ...good, account: 7 }, 'account'),
  kind('a misspelt field', { ...good, parms: {} }, 'parms'),
  kind('a vendor host', { ...good, endpoint: 'http://evil.example' }, 'endpoint'),
  kind('params that are a list', { ...good, params: [] }, 'params'),
  kind('an unknown priority', { ...good, priority: 'high' }, 'priority'),
  kind('an unknown mode', { ...good, mode: 'dry-run' }, 'mode'),
  kind('a tenant with a slash', { ...good, tenant: 'a/b' }, 'tenant'),
  kind('a deadline without a zone', { ...good, deadline: '2030-01-01T00:00:00' }, 'deadline'),
  kind('a deadline that has passed', { ...good, deadline: '2020-01-01T00:00:00Z' }, 'deadline'),
  kind('an empty correlation id', { ...good, correlationId: '' }, 'correlationId'),
  withParams('a device that is a word', { devices: ['seven'], actions }, 'devices[0]'),
  withParams('no devices at all', { devices: [], actions }, 'devices'),
  withParams('no actions', { devices: [1] }, 'actions'),
  withParams('an unknown parameter', { devices: [1], actions, colour: 'red' }, 'colour'),
  withParams('a device that is a fraction', { devices: [1.5], actions }, 'devices[0]'),
];
