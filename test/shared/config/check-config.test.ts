import { describe, expect, it } from 'vitest';
import { parseConfig, type SluiceConfigInput } from '../../../shared/config/sluice-config.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { checkConfig } from '../../../shared/providers/check-config.ts';
import { sampleConfig } from './sample-config.ts';

const NOW_MS = Date.UTC(2026, 2, 1);
const WHEN = 'rate(1 day)';
const query = { type: 'automox.servers.query', account: 'acme', params: {} };

function problemsOf(changes: Partial<SluiceConfigInput>): (readonly [string, string])[] {
  try {
    checkConfig(parseConfig(sampleConfig(changes)), NOW_MS);
    return [];
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    expect(error.code).toBe('request.invalid');
    return error.fields.map(({ field, problem }) => [field, problem]);
  }
}

describe('checkConfig', () => {
  it('takes a config whose jobs, mappings and budgets exist', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    [{ ...query, type: 'automox.servers.qeury' }, 'schedules.s.job.type', /is not a job type/],
    [{ ...query, account: 'globex' }, 'schedules.s.job.account', /is not an account/],
    [{ ...query, params: { fitlers: {} } }, 'schedules.s.job.params.fitlers', /not a known field/],
    [{ ...query, priority: 'high' }, 'schedules.s.job.priority', /urgent/],
    [{ account: 'acme' }, 'schedules.s.job.type', /is required/],
  ])('names what is wrong with the scheduled job %j', (job, field, problem) => {
    expect(problemsOf({ schedules: { s: { when: WHEN, job } } })).toEqual([
      [field, expect.stringMatching(problem)],
    ]);
  });

  it.each([
    ['payload.', /JSONata/],
    ['$eval("1")', /\$eval/],
    ['$now()', /receivedAt/],
  ])('refuses the mapping %s', (jobs, problem) => {
    expect(problemsOf({ webhooks: { hook: { scheme: 'github', jobs } } })).toEqual([
      ['webhooks.hook.jobs', expect.stringMatching(problem)],
    ]);
  });

  it.each(['automox/acme/servers.bach', 'automox/globex/servers.batch', 'servers.batch'])(
    'refuses the budget %s, which no account has, and names those there are',
    (id) => {
      expect(problemsOf({ budgets: { [id]: { requests: 1 } } })).toEqual([
        [`budgets.${id}`, expect.stringContaining('automox/acme/servers.batch')],
      ]);
    },
  );

  it.each([
    ['globex', /is not an account of the config; known are acme, aside/],
    ['aside', /must be an account whose vendor has a job that manages webhooks: automox$/],
    ['constructor', /is not an account/],
  ])('refuses a source that is managed by %s', (managedBy, problem) => {
    const accounts = {
      acme: { provider: 'automox', organizationId: 1 },
      aside: { provider: 'amp', region: 'eu' },
    } as const;
    const webhooks = { hook: { jobs: 'payload', managedBy } };
    expect(problemsOf({ accounts, webhooks, schedules: {}, budgets: {} })).toEqual([
      ['webhooks.hook.managedBy', expect.stringMatching(problem)],
    ]);
  });

  it('takes a source that an Automox account manages', () => {
    expect(problemsOf({ webhooks: { hook: { jobs: 'payload', managedBy: 'acme' } } })).toEqual([]);
  });

  it.each(['globex', 'constructor'])('refuses a caller of the account %s', (name) => {
    const arn = 'arn:aws:iam::123456789012:role/team';
    expect(problemsOf({ callers: { [arn]: { accounts: ['acme', name] } } })).toEqual([
      [`callers.${arn}.accounts[1]`, 'names no account of the config; known are acme'],
    ]);
  });

  it('names everything that is wrong at once', () => {
    const fields = problemsOf({
      schedules: { s: { when: WHEN, job: { ...query, account: 'x' } } },
      webhooks: { hook: { scheme: 'github', jobs: '(' } },
      budgets: { b: {} },
    }).map(([field]) => field);
    expect(fields).toEqual(['schedules.s.job.account', 'webhooks.hook.jobs', 'budgets.b']);
  });
});
