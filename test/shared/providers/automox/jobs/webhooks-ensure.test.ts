import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { WebhooksEnsureParams } from '../../../../../shared/providers/automox/jobs/webhook-params.ts';
import {
  ENSURE,
  install,
  keptIn,
  put,
  signingSecret,
  startHooks,
  theWebhook,
  wanted,
  webhooksOf,
  writesOf,
} from './webhook-bench.ts';

/** What the source keeps of a webhook that is in order. */
const inOrder = { secret: 'first-Sluice', webhookId: 'wh-Sluice' };

describe('automox.webhooks.ensure', () => {
  it('creates the webhook and gives its secret to the source', async () => {
    const console = await startHooks();
    const harness = console.harness();
    const job = await harness.run(ENSURE, wanted);
    const webhook = theWebhook(console);
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'the webhook "Sluice": created it',
    });
    expect(await harness.result(job)).toEqual({
      webhookId: webhook.id,
      source: 'patching',
      created: true,
      changed: [],
      rotated: false,
      overlapEnded: false,
    });
    expect(webhook).toMatchObject({ url: wanted.url, eventTypes: wanted.eventTypes });
    expect(keptIn(harness)).toEqual({ secret: signingSecret(webhook), webhookId: webhook.id });
    expect(writesOf(console)).toEqual(['POST /webhooks']);
  });

  it('writes nothing the second time', async () => {
    const console = await startHooks();
    const harness = console.harness();
    await harness.run(ENSURE, wanted);
    const before = harness.keeper.kept.length;
    const eventTypes = [...wanted.eventTypes].reverse();
    const job = await harness.run(ENSURE, { ...wanted, eventTypes });
    expect(job.summary).toBe('the webhook "Sluice" is so already');
    expect(writesOf(console)).toEqual(['POST /webhooks']);
    expect(harness.keeper.kept).toHaveLength(before);
  });

  it('changes what differs, sends that alone, and leaves the secret', async () => {
    const console = await startHooks();
    const harness = console.harness();
    install(console, 'Sluice', { url: 'https://old.example.com/webhooks/patching' });
    await put(harness, inOrder);
    const job = await harness.run(ENSURE, wanted);
    expect(job.summary).toBe('the webhook "Sluice": changed url');
    expect(await harness.result(job)).toMatchObject({ changed: ['url'], rotated: false });
    expect(harness.calls.at(-1)?.body).toEqual({ url: wanted.url });
    expect(theWebhook(console).url).toBe(wanted.url);
    expect(keptIn(harness)).toEqual(inOrder);
  });

  it('finds the webhook on whichever page it is', async () => {
    const console = await startHooks();
    const harness = console.harness();
    for (const name of ['a', 'b', 'c', 'd', wanted.name]) install(console, name);
    await put(harness, inOrder);
    const job = await harness.run(ENSURE, wanted);
    expect(job.summary).toBe('the webhook "Sluice" is so already');
    expect(console.requests('GET')).toHaveLength(1 + 3);
  });

  it('refuses a sixth webhook before anything is sent', async () => {
    const console = await startHooks();
    for (const name of ['a', 'b', 'c', 'd', 'e']) install(console, name);
    const job = await console.harness().run(ENSURE, wanted);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', message: expect.stringMatching(/5 webhooks .* delete one/) },
    });
    expect(writesOf(console)).toEqual([]);
  });

  it('does not choose between two webhooks of one name', async () => {
    const console = await startHooks();
    install(console);
    install(console, 'twin', { name: wanted.name });
    const job = await console.harness().run(ENSURE, wanted);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.name' }] },
    });
    expect(writesOf(console)).toEqual([]);
  });

  it('refuses a source of somebody else, and asks Automox nothing', async () => {
    const console = await startHooks({ sources: ['another'] });
    const harness = console.harness();
    const job = await harness.run(ENSURE, wanted);
    expect(job).toMatchObject({
      status: 'failed',
      error: {
        code: 'job.refused',
        fields: [{ field: 'params.source', problem: expect.stringMatching(/managedBy to "acme"/) }],
      },
    });
    expect(console.requests()).toEqual([]);
    expect(harness.keeper.kept).toEqual([]);
  });

  it('refuses a source that keeps the secret of another webhook', async () => {
    const console = await startHooks();
    const harness = console.harness();
    install(console, 'Elder');
    const elder = { secret: 'first-Elder', webhookId: 'wh-Elder' };
    await put(harness, elder);
    const job = await harness.run(ENSURE, wanted);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.source' }] },
    });
    expect(writesOf(console)).toEqual([]);
    expect(keptIn(harness)).toEqual(elder);
  });

  it('warns of a url of another path, and of a webhook that Automox disabled', async () => {
    const console = await startHooks();
    const harness = console.harness();
    install(console, 'Sluice', { enabled: false });
    await put(harness, inOrder);
    const job = await harness.run(ENSURE, { ...wanted, url: 'https://hooks.example.com/in' });
    expect(job.warnings).toEqual([
      expect.stringMatching(/does not end in .webhooks.patching/),
      expect.stringMatching(/disabled/),
    ]);
  });

  it.each([
    [400, 'provider.rejected'],
    [401, 'provider.unauthorized'],
    [403, 'provider.unauthorized'],
    [404, 'provider.not-found'],
    [409, 'provider.conflict'],
  ])('fails where Automox answers %i to the create', async (status, code) => {
    const console = await startHooks();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status }, times: 2 });
    const job = await harness.run(ENSURE, wanted);
    expect(job).toMatchObject({ status: 'failed', error: { code } });
    expect(webhooksOf(console)).toEqual([]);
    expect(harness.keeper.kept).toEqual([]);
  });

  it.each([
    ['PATCH', 400, 'provider.rejected'],
    ['PATCH', 404, 'provider.not-found'],
    ['GET', 403, 'provider.unauthorized'],
  ])(
    'fails where Automox answers %s with %i, and changes nothing',
    async (method, status, code) => {
      const console = await startHooks();
      const harness = console.harness();
      const old = 'https://old.example.com/webhooks/patching';
      install(console, 'Sluice', { url: old });
      await put(harness, inOrder);
      console.simulator.faults.add({ method, fault: { kind: 'status', status }, times: 2 });
      const job = await harness.run(ENSURE, wanted);
      expect(job).toMatchObject({ status: 'failed', error: { code } });
      expect(theWebhook(console).url).toBe(old);
      expect(keptIn(harness)).toEqual(inOrder);
    },
  );

  it('changes it once more where the answer to the change is lost, and says what it changed', async () => {
    const console = await startHooks();
    const harness = console.harness();
    install(console, 'Sluice', { url: 'https://old.example.com/webhooks/patching' });
    await put(harness, inOrder);
    console.simulator.faults.add({ method: 'PATCH', fault: { kind: 'cut' } });
    const job = await harness.run(ENSURE, wanted);
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'the webhook "Sluice": changed url',
    });
    expect(theWebhook(console).url).toBe(wanted.url);
  });

  it('waits out a 429, and is nobody’s failed try', async () => {
    const console = await startHooks();
    const harness = console.harness();
    const fault = { kind: 'throttle', retryAfterSeconds: 3 } as const;
    console.simulator.faults.add({ method: 'POST', fault });
    const job = await harness.run(ENSURE, wanted);
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    expect(keptIn(harness)?.secret).toBe(signingSecret(theWebhook(console)));
  });

  it.each(['create', 'change', 'adopt', 'rotate'])(
    'only reads when it observes: %s',
    async (what) => {
      const console = await startHooks();
      const harness = console.harness();
      if (what !== 'create') {
        install(console, 'Sluice', what === 'change' ? { url: 'https://old.example.com' } : {});
      }
      if (what === 'change' || what === 'rotate') await put(harness, inOrder);
      const kept = harness.keeper.kept.length;
      const params = { ...wanted, rotate: what === 'rotate' };
      const job = await harness.run(ENSURE, params, { mode: 'observe' });
      expect(job).toMatchObject({
        status: 'succeeded',
        summary: expect.stringMatching(/: would (create|change|rotate) /),
      });
      expect(job.timeline.some(({ event }) => event === 'would-call')).toBe(true);
      expect(writesOf(console)).toEqual([]);
      expect(harness.keeper.kept).toHaveLength(kept);
    },
  );
});

describe('WebhooksEnsureParams', () => {
  it.each([
    [{ name: ' ' }, 'name'],
    [{ url: 'http://hooks.example.com/webhooks/patching' }, 'url'],
    [{ url: 'https://user:pass@hooks.example.com/webhooks/patching' }, 'url'],
    [{ url: 'hooks.example.com' }, 'url'],
    [{ eventTypes: [] }, 'eventTypes'],
    [{ eventTypes: ['policy.praised'] }, 'eventTypes'],
    [{ source: undefined }, 'source'],
    [{ rotate: true, endOverlap: true }, 'endOverlap'],
  ])('refuses %j', (change, field) => {
    const { error } = z.safeParse(WebhooksEnsureParams, { ...wanted, ...change });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});
