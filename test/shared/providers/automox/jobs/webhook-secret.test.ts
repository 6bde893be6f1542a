import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookSecretId } from '../../../../../shared/config/sluice-config.ts';
import { parseWebhookSecret } from '../../../../../shared/config/webhook-secret.ts';
import { Secret } from '../../../../../shared/kernel/secret.ts';
import { verifyWebhook } from '../../../../../shared/webhooks/verify-webhook.ts';
import { WebhookScheme } from '../../../../../shared/webhooks/webhook-scheme.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import {
  ENSURE,
  install,
  keptIn,
  put,
  SOURCE,
  signingSecret,
  startHooks,
  theWebhook,
  wanted,
  webhooksOf,
  writesOf,
} from './webhook-bench.ts';

const ROTATE = 'POST /webhooks/wh-Sluice/secret/rotate';
const ROTATE_PATH = '/organizations/*/webhooks/*/secret/rotate';
const rotating = { ...wanted, rotate: true };

/** A webhook whose secret the source keeps. */
async function startInOrder() {
  const console = await startHooks();
  const harness = console.harness();
  install(console);
  await put(harness, { secret: 'first-Sluice', webhookId: 'wh-Sluice' });
  return { console, harness };
}

/** Whether the source takes a delivery that is signed with `secret`. */
function verifies(harness: JobHarness, secret: string): boolean {
  const rawBody = Buffer.from('{"type":"policy.compliant"}');
  const digest = createHmac('sha256', secret).update(rawBody).digest('hex');
  const text = harness.keeper.kept.at(-1)?.text ?? '';
  const kept = parseWebhookSecret(webhookSecretId(SOURCE), new Secret(text));
  return verifyWebhook({
    scheme: WebhookScheme.parse('github'),
    headers: { 'x-hub-signature-256': `sha256=${digest}` },
    rawBody,
    secrets: [kept.secret, ...(kept.previous ? [kept.previous] : [])],
    nowMs: 0,
  }).verified;
}

describe('the rotation of a webhook’s secret', () => {
  it('lets deliveries verify that were signed before it and after it', async () => {
    const { console, harness } = await startInOrder();
    const job = await harness.run(ENSURE, rotating);
    expect(job.summary).toBe('the webhook "Sluice": rotated its secret');
    const secret = signingSecret(theWebhook(console));
    expect(secret).not.toBe('first-Sluice');
    expect(keptIn(harness)).toEqual({ secret, previous: 'first-Sluice', webhookId: 'wh-Sluice' });
    expect([secret, 'first-Sluice', 'guess'].map((it) => verifies(harness, it))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('ends its overlap when it is told to, and once', async () => {
    const { console, harness } = await startInOrder();
    await harness.run(ENSURE, rotating);
    const ending = { ...wanted, endOverlap: true };
    const job = await harness.run(ENSURE, ending);
    expect(job.summary).toBe('the webhook "Sluice": ended the overlap of "patching"');
    expect(verifies(harness, 'first-Sluice')).toBe(false);
    expect(verifies(harness, signingSecret(theWebhook(console)))).toBe(true);
    const again = await harness.run(ENSURE, ending);
    expect(again.summary).toBe('the webhook "Sluice" is so already');
    expect(writesOf(console)).toEqual([ROTATE]);
  });

  it('leaves things as they were where Automox refuses it', async () => {
    const { console, harness } = await startInOrder();
    const fault = { kind: 'status', status: 404 } as const;
    console.simulator.faults.add({ path: ROTATE_PATH, fault });
    const job = await harness.run(ENSURE, rotating);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(keptIn(harness)).toEqual({ secret: 'first-Sluice', webhookId: 'wh-Sluice' });
    expect((await harness.run(ENSURE, wanted)).summary).toMatch(/is so already$/);
  });

  it('is uncertain where the job is stopped before its answer came', async () => {
    const { console, harness } = await startInOrder();
    const { id, deadlineMs } = await harness.submit(ENSURE, rotating);
    console.simulator.faults.add({ path: ROTATE_PATH, fault: { kind: 'cut' } });
    await harness.deliver(id);
    harness.clock.leapTo(deadlineMs + 1);
    expect(await harness.finish(id)).toMatchObject({ status: 'uncertain' });
    expect(keptIn(harness)).toEqual({ secret: 'first-Sluice' });
  });

  it.each([
    { kind: 'cut' },
    { kind: 'half-body' },
    { kind: 'status', status: 502, acted: true },
    { kind: 'html', status: 200, acted: true },
    { kind: 'raw', body: '', acted: true },
    { kind: 'raw', body: '{"data":{"id":"wh-Sluice"}}', acted: true },
  ] as const)('is sent again where its answer is lost: %j', async (fault) => {
    const { console, harness } = await startInOrder();
    console.simulator.faults.add({ path: ROTATE_PATH, fault });
    const job = await harness.run(ENSURE, rotating);
    expect(job.status).toBe('succeeded');
    expect(writesOf(console)).toEqual([ROTATE, ROTATE]);
    expect(keptIn(harness)).toEqual({
      secret: signingSecret(theWebhook(console)),
      previous: 'first-Sluice',
      webhookId: 'wh-Sluice',
    });
  });
});

describe('a secret that nobody has', () => {
  it.each([
    { kind: 'cut' },
    { kind: 'half-body' },
    { kind: 'status', status: 500, acted: true },
    { kind: 'raw', status: 201, body: 'made it', contentType: 'text/plain', acted: true },
    { kind: 'raw', status: 201, body: '{}', acted: true },
  ] as const)('is replaced where the answer of the create is lost: %j', async (fault) => {
    const console = await startHooks();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault });
    const job = await harness.run(ENSURE, wanted);
    const { id, secrets } = theWebhook(console);
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toMatchObject({ created: true, rotated: true });
    expect(secrets).toHaveLength(2);
    expect(keptIn(harness)).toEqual({ secret: secrets[1], webhookId: id });
  });

  it('is replaced by a later job where the one that got it could not keep it', async () => {
    const console = await startHooks();
    const harness = console.harness();
    harness.keeper.refuse(100);
    const { id } = await harness.submit(ENSURE, wanted);
    const first = await harness.deliver(id);
    expect(first).toMatchObject({ status: 'waiting', error: { code: 'store.unavailable' } });
    expect(keptIn(harness)).toBeUndefined();
    harness.keeper.refuse(0);
    const second = await harness.run(ENSURE, wanted);
    expect(second).toMatchObject({
      status: 'succeeded',
      warnings: [expect.stringMatching(/did not keep a secret of this webhook/)],
    });
    expect(webhooksOf(console)).toHaveLength(1);
    expect(keptIn(harness)?.secret).toBe(signingSecret(theWebhook(console)));
  });

  it('is replaced by a later job where a rotation was the last thing that was sent', async () => {
    const { console, harness } = await startInOrder();
    const { id } = await harness.submit(ENSURE, rotating);
    console.simulator.faults.add({ path: ROTATE_PATH, fault: { kind: 'cut' } });
    await harness.deliver(id);
    expect(keptIn(harness)).toEqual({ secret: 'first-Sluice' });
    const job = await harness.run(ENSURE, wanted);
    expect(await harness.result(job)).toMatchObject({ rotated: true });
    expect(keptIn(harness)?.secret).toBe(signingSecret(theWebhook(console)));
    expect(verifies(harness, 'first-Sluice')).toBe(true);
  });

  it('is replaced where the source knows another webhook, or one that a person made', async () => {
    for (const webhookId of [undefined, 'wh-deleted']) {
      const console = await startHooks();
      const harness = console.harness();
      install(console);
      await put(harness, { secret: 'by-hand', ...(webhookId && { webhookId }) });
      const job = await harness.run(ENSURE, wanted);
      expect(job.warnings).toHaveLength(1);
      expect(keptIn(harness)).toEqual({
        secret: signingSecret(theWebhook(console)),
        previous: 'by-hand',
        webhookId: 'wh-Sluice',
      });
    }
  });

  it('never makes a job succeed: it fails where Automox shows none, however often it is asked', async () => {
    const { console, harness } = await startInOrder();
    const fault = { kind: 'raw', body: '{}', acted: true } as const;
    console.simulator.faults.add({ path: ROTATE_PATH, fault, times: 100 });
    const job = await harness.run(ENSURE, rotating);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.malformed-answer' },
    });
    expect(keptIn(harness)).toEqual({ secret: 'first-Sluice' });
  });
});
