import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../shared/config/sluice-config.ts';
import {
  describeTopology,
  FUNCTION_TIMEOUT_MS,
  type QueueShape,
} from '../../../shared/config/topology.ts';
import { JOB_LIFE_MAX_MS } from '../../../shared/jobs/job-request.ts';
import { sampleConfig } from './sample-config.ts';

const config = parseConfig(sampleConfig());
const topology = describeTopology(config);
const queues: readonly QueueShape[] = [
  topology.intake,
  ...topology.lanes.map(({ queue }) => queue),
];

describe('describeTopology', () => {
  it.each(queues)('hides a message of $name six times as long as a function runs', (queue) => {
    expect(queue.visibilityTimeoutMs).toBeGreaterThanOrEqual(6 * FUNCTION_TIMEOUT_MS);
  });

  it.each(queues)('keeps a dead letter of $name longer than the message', (queue) => {
    expect(queue.deadLetter.retentionMs).toBeGreaterThan(queue.retentionMs);
    expect(queue.deadLetter.name).not.toBe(queue.name);
  });

  it('keeps a message of a lane longer than a job lives', () => {
    for (const { queue } of topology.lanes) {
      expect(queue.retentionMs).toBeGreaterThan(JOB_LIFE_MAX_MS);
    }
  });

  it('gives each provider one lane, however many accounts it has', () => {
    const two = sampleConfig({
      accounts: {
        acme: { provider: 'automox', organizationId: 1 },
        globex: { provider: 'automox', organizationId: 2 },
      },
    });
    const { lanes } = describeTopology(parseConfig(two));
    expect(lanes.map(({ provider, queue }) => [provider, queue.name, queue.fifo])).toEqual([
      ['automox', 'sluice-automox.fifo', true],
    ]);
    expect(lanes[0]?.queue.deadLetter.name).toMatch(/\.fifo$/);
  });

  it('begins every name with the prefix, so that two deployments fit into one account', () => {
    const named = (prefix: string) =>
      JSON.stringify(describeTopology({ ...config, prefix })).matchAll(
        /"(name|id|group)":"([^"]+)"/g,
      );
    const names = [...named('sluice-test-a1')].map(([, , name]) => name);
    const own = names.filter(
      (name) => !['nightly', 'by-status', 'by-account', 'by-attention'].includes(`${name}`),
    );
    expect(own.filter((name) => !name?.startsWith('sluice-test-a1'))).toEqual([]);
    expect(own).toHaveLength(12);
  });

  it('keeps a secret for each account and each webhook, and for nothing else', () => {
    expect(topology.secrets).toEqual([
      { id: 'sluice/accounts/acme', kind: 'account', owner: 'acme' },
      { id: 'sluice/webhooks/tagging', kind: 'webhook', owner: 'tagging' },
    ]);
  });

  it('says of the secret of a source which account keeps it', () => {
    const webhooks = { patching: { jobs: 'payload', managedBy: 'acme' } };
    const { secrets } = describeTopology(parseConfig(sampleConfig({ webhooks })));
    expect(secrets.find(({ kind }) => kind === 'webhook')).toEqual({
      id: 'sluice/webhooks/patching',
      kind: 'webhook',
      owner: 'patching',
      managedBy: 'acme',
    });
  });

  it('carries each schedule under its name', () => {
    expect(topology.schedules).toEqual([{ ...config.schedules['nightly'], name: 'nightly' }]);
  });

  it('has a rule for each reaction', () => {
    const job = { type: 'automox.servers.query', account: 'acme' };
    const reactions = { ask: { on: 'AmpEventFound', job }, off: { on: 'X', job, enabled: false } };
    const rules = describeTopology(parseConfig(sampleConfig({ reactions }))).reactions;
    expect(rules.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['sluice-reaction-ask', true],
      ['sluice-reaction-off', false],
    ]);
    expect(topology.reactions).toEqual([]);
  });

  it('projects no key of an index, which DynamoDB projects anyway', () => {
    for (const { partitionKey, sortKey, attributes } of topology.tables.jobs.indexes) {
      expect(attributes).not.toContain(partitionKey);
      expect(attributes).not.toContain(sortKey);
    }
  });

  it('lets a row of the jobs table expire and be found by status, account and attention', () => {
    const { timeToLiveAttribute, indexes } = topology.tables.jobs;
    expect(timeToLiveAttribute).toBe('expiresAtS');
    expect(indexes.map(({ name, partitionKey }) => [name, partitionKey])).toEqual([
      ['by-status', 'status'],
      ['by-account', 'account'],
      ['by-attention', 'attention'],
    ]);
  });
});
