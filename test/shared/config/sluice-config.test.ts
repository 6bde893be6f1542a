import { describe, expect, it } from 'vitest';
import {
  managedSources,
  parseConfig,
  webhookSecretId,
} from '../../../shared/config/sluice-config.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { sampleConfig } from './sample-config.ts';

const account = { provider: 'automox', organizationId: 1 };
const webhook = { scheme: 'github', jobs: 'payload' };
const schedule = { when: 'rate(5 minutes)', job: {} };

const accounts = (changes: unknown, name = 'acme') => ({ accounts: { [name]: changes } });
const webhooks = (changes: unknown, name = 'source') => ({
  accounts: { acme: account },
  webhooks: { [name]: changes },
});
const schedules = (changes: unknown, name = 'nightly') => ({
  accounts: { acme: account },
  schedules: { [name]: changes },
});
const reaction = { on: 'AmpEventFound', job: {} };
const reactions = (changes: unknown, name = 'tag') => ({
  accounts: { acme: account },
  reactions: { [name]: changes },
});
const ROLE_PATH = 'arn:aws:iam::123456789012:role';
const ROLE = `${ROLE_PATH}/team`;
const seesAll = { accounts: '*' };
const callers = (arn: string, changes: unknown = seesAll) => ({
  accounts: { acme: account },
  callers: { [arn]: changes },
});
const budget = (changes: unknown) => ({ accounts: { acme: account }, budgets: { b: changes } });

const wrongConfigs: readonly (readonly [unknown, string])[] = [
  [undefined, '(body)'],
  [[], '(body)'],
  [{}, 'accounts'],
  [{ accounts: {} }, 'accounts'],
  [{ accounts: [] }, 'accounts'],
  [{ ...sampleConfig(), acounts: {} }, 'acounts'],
  [accounts({ ...account, organizationId: 0 }), 'accounts.acme.organizationId'],
  [accounts({ ...account, organizationId: '1' }), 'accounts.acme.organizationId'],
  [accounts({ ...account, organizationId: 1.5 }), 'accounts.acme.organizationId'],
  [accounts({ provider: 'automox' }), 'accounts.acme.organizationId'],
  [accounts({ ...account, provider: 'automux' }), 'accounts.acme.provider'],
  [accounts({ organizationId: 1 }), 'accounts.acme.provider'],
  [accounts({ ...account, apiKey: 'x' }), 'accounts.acme.apiKey'],
  [accounts({ ...account, endpoint: 'https://127.0.0.1/api' }), 'accounts.acme.endpoint'],
  [accounts({ ...account, endpoint: 'http://example.com' }), 'accounts.acme.endpoint'],
  [accounts({ ...account, endpoint: 'http://127.0.0.1.evil.com' }), 'accounts.acme.endpoint'],
  [accounts({ ...account, endpoint: 'http://169.254.169.254' }), 'accounts.acme.endpoint'],
  [accounts({ ...account, endpoint: 'not a url' }), 'accounts.acme.endpoint'],
  [accounts(account, 'Acme'), 'accounts.Acme'],
  [accounts(account, '1st'), 'accounts.1st'],
  [accounts(account, 'a/b'), 'accounts.a/b'],
  [accounts(account, 'a'.repeat(33)), `accounts.${'a'.repeat(33)}`],
  [webhooks({ ...webhook, scheme: 'gitlab' }), 'webhooks.source.scheme.name'],
  [webhooks({ ...webhook, scheme: { name: 'github', header: 'a b' } }), scheme('header')],
  [webhooks({ ...webhook, scheme: { name: 'github', secret: 'x' } }), scheme('secret')],
  [webhooks({ ...webhook, jobs: '' }), 'webhooks.source.jobs'],
  [webhooks({ ...webhook, jobs: 'x'.repeat(16_385) }), 'webhooks.source.jobs'],
  [webhooks({ scheme: 'github' }), 'webhooks.source.jobs'],
  [webhooks({ jobs: 'payload' }), 'webhooks.source.scheme'],
  [webhooks({ ...webhook, managedBy: 'A b' }), 'webhooks.source.managedBy'],
  [webhooks({ ...webhook, secret: 'x' }), 'webhooks.source.secret'],
  [webhooks(webhook, 'Source'), 'webhooks.Source'],
  [schedules({ ...schedule, when: 'cron(0 2 * * *)' }), 'schedules.nightly.when'],
  [schedules({ ...schedule, when: 'rate(0 minutes)' }), 'schedules.nightly.when'],
  [schedules({ ...schedule, when: 'at(2026-01-01T00:00:00)' }), 'schedules.nightly.when'],
  [schedules({ ...schedule, when: '0 2 * * *' }), 'schedules.nightly.when'],
  [schedules({ ...schedule, timeZone: 'Mars/Olympus' }), 'schedules.nightly.timeZone'],
  [schedules({ ...schedule, job: 'automox.servers.query' }), 'schedules.nightly.job'],
  [schedules({ ...schedule, enabled: 'yes' }), 'schedules.nightly.enabled'],
  [schedules({ ...schedule, cron: 'x' }), 'schedules.nightly.cron'],
  [schedules(schedule, 'a:b'), 'schedules.a:b'],
  [reactions({ ...reaction, on: '' }), 'reactions.tag.on'],
  [reactions({ job: {} }), 'reactions.tag.on'],
  [reactions({ ...reaction, when: [] }), 'reactions.tag.when'],
  [reactions({ ...reaction, job: 'automox.servers.query' }), 'reactions.tag.job'],
  [reactions({ ...reaction, jobs: {} }), 'reactions.tag.jobs'],
  [reactions(reaction, 'a:b'), 'reactions.a:b'],
  [reactions(reaction, 'a'.repeat(49)), `reactions.${'a'.repeat(49)}`],
  [callers('acme-team'), 'callers.acme-team'],
  [callers('arn:aws:iam::123456789012:group/x'), 'callers.arn:aws:iam::123456789012:group/x'],
  [callers('arn:aws:iam::123456789012:role/*'), 'callers.arn:aws:iam::123456789012:role/*'],
  [callers(ROLE, { accounts: [] }), `callers.${ROLE}.accounts`],
  [callers(ROLE, { accounts: 'acme' }), `callers.${ROLE}.accounts`],
  [callers(ROLE, {}), `callers.${ROLE}.accounts`],
  [
    { ...callers(ROLE), callers: { [ROLE]: seesAll, [`${ROLE_PATH}/x/team`]: seesAll } },
    `callers.${ROLE_PATH}/x/team`,
  ],
  [budget({ requests: 0 }), 'budgets.b.requests'],
  [budget({ requests: 2.5 }), 'budgets.b.requests'],
  [budget({ windowSeconds: -1 }), 'budgets.b.windowSeconds'],
  [budget({ mode: 'loose' }), 'budgets.b.mode'],
  [budget({ windowMs: 1 }), 'budgets.b.windowMs'],
];

function scheme(field: string): string {
  return `webhooks.source.scheme.${field}`;
}

function refusalOf(value: unknown): SluiceError {
  try {
    parseConfig(value);
  } catch (error) {
    if (error instanceof SluiceError) return error;
    throw error;
  }
  throw new Error('the config was taken');
}

describe('parseConfig', () => {
  it.each(wrongConfigs)('refuses %j, naming %s', (value, field) => {
    const { code, fields, message } = refusalOf(value);
    expect(code).toBe('request.invalid');
    expect(fields.map((it) => it.field)).toEqual([field]);
    expect(message).toContain(`${field}: `);
  });

  it('names every wrong field at once', () => {
    const value = {
      ...accounts({ ...account, organizationId: -1, apiKey: 'x' }),
      ...{ webhooks: { UP: webhook }, budgets: { b: { requests: 0 } } },
    };
    expect(refusalOf(value).fields.map(({ field }) => field)).toEqual([
      'accounts.acme.organizationId',
      'accounts.acme.apiKey',
      'webhooks.UP',
      'budgets.b.requests',
    ]);
  });

  it('says of a wrong name what a name must be', () => {
    expect(refusalOf(accounts(account, 'Acme')).fields[0]?.problem).toMatch(/1 to 32 of a-z/);
  });

  it('fills in what may be left out', () => {
    expect(parseConfig({ accounts: { acme: account }, schedules: { s: schedule } })).toEqual({
      accounts: { acme: account },
      webhooks: {},
      schedules: { s: { ...schedule, timeZone: 'UTC', enabled: true } },
      reactions: {},
      budgets: {},
      senders: { accounts: [], services: ['events', 'sns', 's3'] },
    });
  });

  it.each(['http://127.0.0.1:4571/api', 'http://localhost:1', 'http://[::1]:8080/x'])(
    'takes the loopback endpoint %s',
    (endpoint) => {
      const config = parseConfig(accounts({ ...account, endpoint }));
      expect(config.accounts['acme']?.endpoint).toBe(endpoint);
    },
  );

  it('lets a source wait for its scheme where an account manages it, and it alone', () => {
    const managed = { jobs: 'payload', managedBy: 'acme' };
    const config = parseConfig({
      ...webhooks(managed, 'patching'),
      accounts: { acme: account, globex: account },
    });
    expect(config.webhooks['patching']).toEqual(managed);
    expect(managedSources(config, 'acme')).toEqual(['patching']);
    expect(managedSources(config, 'globex')).toEqual([]);
  });

  it('takes an https endpoint in a deployment that is named for tests, and in no other', () => {
    const value = accounts({ ...account, endpoint: 'https://vendor.example.com/api' });
    const prefix = 'sluice-test-a1';
    expect(parseConfig({ ...value, prefix }).accounts['acme']?.endpoint).toContain('example.com');
    for (const other of [
      {},
      { prefix: 'sluice' },
      { prefix: 'prod' },
      { prefix: 'sluice-tests' },
    ]) {
      expect(refusalOf({ ...value, ...other }).fields).toEqual([
        expect.objectContaining({ field: 'accounts.acme.endpoint' }),
      ]);
    }
  });

  it.each(['http://vendor.example.com', 'ftp://127.0.0.1', 'http://127.0.0.1.example.com/'])(
    'refuses the endpoint %s whatever the prefix is',
    (endpoint) => {
      const value = { ...accounts({ ...account, endpoint }), prefix: 'sluice-test-a1' };
      expect(refusalOf(value).fields[0]?.field).toBe('accounts.acme.endpoint');
    },
  );

  it.each(['S', 'x', 'sluice-', '1sluice', 'a-name-that-is-too-long'])(
    'refuses the prefix "%s"',
    (prefix) => {
      expect(refusalOf({ ...accounts(account), prefix }).fields[0]?.field).toBe('prefix');
    },
  );

  it.each([
    ['an account that is none', { accounts: ['12345'] }, 'senders.accounts[0]'],
    ['a service that cannot send', { services: ['ses'] }, 'senders.services[0]'],
    ['an unknown field', { users: [] }, 'senders.users'],
  ])('refuses %s among the senders', (_what, senders, field) => {
    const { fields } = refusalOf({ ...accounts(account), senders });
    expect(fields.map((it) => it.field)).toEqual([field]);
  });

  it('keeps each source a secret of its own', () => {
    expect(webhookSecretId('tagging')).toBe('sluice/webhooks/tagging');
  });
});
