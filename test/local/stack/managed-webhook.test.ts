import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookSecretId } from '../../../shared/config/sluice-config.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import {
  ORGANIZATION_ID,
  quickConfig,
  type RunningStack,
  startRunningStack,
} from './running-stack.ts';
import { senders } from './signatures.ts';
import { readObjects, readTable } from './sinks.ts';

const SOURCE = 'patching';
const { scheme, sign } = senders.github;

let running: RunningStack;
let outcomes: Outcomes;
const logged: string[] = [];

beforeAll(async () => {
  const jobs = 'payload.job';
  const webhooks = { [SOURCE]: { scheme, jobs, managedBy: 'acme' }, tagging: { scheme, jobs } };
  running = await startRunningStack({
    config: quickConfig({ webhooks }),
    onLog: (_name, line) => logged.push(line),
  });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

/** Runs the job to its outcome. */
async function ensure(correlationId: string, more: object = {}) {
  const params = {
    name: 'Sluice',
    url: `https://hooks.example.com/webhooks/${SOURCE}`,
    eventTypes: ['policy.compliant'],
    source: SOURCE,
    ...more,
  };
  const type = 'automox.webhooks.ensure';
  await running.submit({ type, account: 'acme', params, correlationId });
  return outcomes.job(correlationId);
}

const issued = (): readonly string[] => {
  const org = running.stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID);
  return [...org.webhooks.values()].flatMap(({ secrets }) => secrets);
};

const kept = () => running.readSecret(webhookSecretId(SOURCE));

async function deliver(secret: string, correlationId: string): Promise<number> {
  const body = JSON.stringify({ job: queryServers(correlationId) });
  const response = await running.post(`/webhooks/${SOURCE}`, body, sign(secret, body));
  return response.status;
}

describe('a webhook source that an account manages', () => {
  it('has no secret before a job has got one, and other sources have theirs', async () => {
    await expect(kept()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(Object.keys(await running.readSecret(webhookSecretId('tagging')))).toEqual(['secret']);
    expect((await deliver('guess', 'early')) >= 400).toBe(true);
  });

  it('takes deliveries that are signed with the secret that Automox showed a job', async () => {
    const job = await ensure('made');
    expect(job).toMatchObject({ status: 'succeeded', summary: 'the webhook "Sluice": created it' });
    const [secret = ''] = issued();
    expect(await kept()).toMatchObject({ secret });
    expect(await deliver(secret, 'delivered')).toBe(202);
    expect(await outcomes.job('delivered')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'webhook', detail: SOURCE },
    });
  });

  it('takes the old secret and the new one after a rotation, and no other', async () => {
    expect(await ensure('rotated', { rotate: true })).toMatchObject({ status: 'succeeded' });
    const [old = '', secret = ''] = issued();
    expect(await kept()).toMatchObject({ secret, previous: old });
    expect(await deliver(secret, 'after')).toBe(202);
    expect(await deliver(old, 'before')).toBe(202);
    expect(await deliver('guess', 'guessed')).toBe(401);
  });

  it('is the only one that a job may write', async () => {
    const before = await running.readSecret(webhookSecretId('tagging'));
    expect(await ensure('refused', { source: 'tagging' })).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.source' }] },
    });
    expect(await running.readSecret(webhookSecretId('tagging'))).toEqual(before);
  });

  it('S10 has its secrets in Secrets Manager alone: no row, object, event, log or answer', async () => {
    const rows = await readTable(running, 'sluice-jobs');
    const objects = await readObjects(running);
    const told = ['made', 'rotated', 'refused'].map((id) => outcomes.all(id));
    const views = await Promise.all(['made', 'rotated'].map((id) => outcomes.job(id)));
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(told.flat()).toHaveLength(3);
    expect(objects.length).toBeGreaterThan(0);
    expect(logged.join()).toContain('automox.webhooks.ensure');
    const sinks = JSON.stringify([rows, objects, told, views, logged]);
    expect(issued()).toHaveLength(2);
    for (const secret of issued()) expect(sinks).not.toContain(secret);
  });
});
