import { describe, expect, it } from 'vitest';
import { parseConfig, type SluiceConfigInput } from '../../../shared/config/sluice-config.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { checkConfig } from '../../../shared/providers/check-config.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';
import { sampleConfig } from './sample-config.ts';

type ReactionInput = NonNullable<SluiceConfigInput['reactions']>[string];

const accounts = {
  acme: { provider: 'automox', organizationId: 9237 },
  globex: { provider: 'amp', region: 'nam' },
} as const;

type Fields = Readonly<Record<string, string>>;

const batch = (select: Fields, more: Fields = {}) => ({
  type: 'automox.servers.batch',
  account: 'acme',
  params: { select, actions: [{ attribute: 'tags', action: 'apply', value: ['detected'] }] },
  ...more,
});

const good: ReactionInput = {
  on: 'AmpEventFound',
  when: { severity: ['High'], file: { disposition: [{ 'anything-but': 'Clean' }] } },
  job: batch({ hostName: '<$.detail.hostname>' }),
};

function problemsOf(
  changes: Partial<ReactionInput>,
  config: Partial<SluiceConfigInput> = { accounts },
): (readonly [string, string])[] {
  const reactions = { r: { ...good, ...changes } };
  try {
    checkConfig(parseConfig(sampleConfig({ ...config, reactions })), Date.UTC(2026, 2, 1));
    return [];
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return error.fields.map(({ field, problem }) => [field, problem]);
  }
}

describe('checkConfig, of reactions', () => {
  it('takes one whose event, pattern and job are real', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('fills in what the event has, so that a GUID is one and an account is one', () => {
    const job = {
      type: 'amp.computer.isolate',
      account: '<$.detail.account>',
      params: { computers: ['<$.detail.connectorGuid>'] },
    };
    expect(problemsOf({ job })).toEqual([]);
  });

  it.each<[string, Partial<ReactionInput>, string, RegExp]>([
    ['an unknown event', { on: 'AmpEvent' }, 'on', /no event.*AmpEventFound/],
    ['an unknown field', { when: { hostnmae: ['a'] } }, 'when.hostnmae', /no field.*hostname/],
    ['a value without a list', { when: { severity: 'High' } }, 'when.severity', /list of values/],
    ['an empty list', { when: { severity: [] } }, 'when.severity', /list of values/],
    ['an unknown operator', { when: { severity: [{ regex: 'H' }] } }, 'when.severity', /operators/],
    [
      'two operators in one',
      { when: { severity: [{ prefix: 'H', suffix: 'h' }] } },
      'when.severity',
      /operators/,
    ],
    ['a list for an object', { when: { file: ['a'] } }, 'when.file', /must be an object/],
    ['a field of a field', { when: { file: { size: [1] } } }, 'when.file.size', /disposition/],
    [
      'a placeholder of nothing',
      { job: batch({ hostName: '<$.detail.host>' }) },
      'job.params.select.hostName',
      /takes host, which the event does not have/,
    ],
    [
      'the job that found it, which is another when it is told again',
      { job: batch({ name: '*' }, { correlationId: '<$.detail.jobId>' }) },
      'job.correlationId',
      /takes jobId/,
    ],
    [
      'a placeholder inside a text',
      { job: batch({ name: 'on <$.detail.hostname>' }) },
      'job.params.select.name',
      /as a whole value/,
    ],
    [
      'a placeholder for a key',
      { job: batch({ '<$.detail.hostname>': 'a' }) },
      'job.params.select.<$.detail.hostname>',
      /as a whole value/,
    ],
    ['a job that is none', { job: { type: 'automox.nothing' } }, 'job.account', /is required/],
    [
      'what does not fit its place',
      { job: batch({ groupId: '<$.detail.hostname>' }) },
      'job.params.select.groupId',
      /must be a number/,
    ],
    [
      'a job that is too long',
      { job: batch({ name: 'a' }, { tenant: 'x'.repeat(8_192) }) },
      'job',
      /8192 characters/,
    ],
    ['too long a pattern', { when: { severity: ['x'.repeat(2_048)] } }, 'when', /2048 characters/],
  ])('names %s', (_what, changes, field, problem) => {
    expect(problemsOf(changes)).toEqual([[`reactions.r.${field}`, expect.stringMatching(problem)]]);
  });

  it('refuses one to an event that no account of the config can find', () => {
    expect(problemsOf({}, {})).toEqual([
      ['reactions.r.on', 'is told by amp.events.poll, and no account is one of amp'],
    ]);
  });
});

describe('events that job types tell of', () => {
  it('have a name of their own', () => {
    const told = createJobCatalog()
      .list()
      .flatMap(({ tells }) => tells?.type ?? []);
    expect(told).toEqual(['AmpEventFound']);
  });
});
