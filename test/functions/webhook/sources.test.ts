import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../../functions/webhook/sources.ts';
import { createSecretCache } from '../../../shared/http/secret-cache.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { standardWebhooks as sender } from '../../shared/webhooks/signing.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createWebhookBench } from './webhook-bench.ts';

const BODY = '{"ids":[1]}';
const [oldSecret, newSecret] = [sender.otherSecret.reveal(), sender.secret.reveal()];

/** A secret in the store, and how often the store was asked for it. */
function createVault(clock = createLeapingClock()) {
  let text = '';
  let version = 0;
  const vault = {
    reads: 0,
    put: (value: unknown) => {
      text = typeof value === 'string' ? value : JSON.stringify(value);
      version += 1;
    },
    secrets: createSecrets(
      createSecretCache({
        clock,
        source: {
          async getSecret() {
            vault.reads += 1;
            return { versionId: `v${version}`, value: new Secret(text) };
          },
        },
      }),
      'sluice/webhooks/hook',
      clock,
    ),
  };
  return vault;
}

const revealed = async (secrets: Promise<readonly Secret[]>): Promise<string[]> =>
  (await secrets).map((secret) => secret.reveal());

describe('S11 the secrets of a source', () => {
  it('are the current one, and during a rotation the previous one', async () => {
    const vault = createVault();
    vault.put({ secret: 'a' });
    expect(await revealed(vault.secrets(false))).toEqual(['a']);
    vault.put({ secret: 'b', previous: 'a' });
    expect(await revealed(vault.secrets(true))).toEqual(['b', 'a']);
  });

  it('are kept for five minutes', async () => {
    const clock = createLeapingClock();
    const vault = createVault(clock);
    vault.put({ secret: 'a' });
    for (let n = 0; n < 10; n += 1) await vault.secrets(false);
    expect(vault.reads).toBe(1);
    vault.put({ secret: 'b' });
    clock.leapTo(clock.nowMs() + minutes(5));
    expect(await revealed(vault.secrets(false))).toEqual(['b']);
  });

  it('are asked for anew on strangers’ behalf at most twice a minute', async () => {
    const clock = createLeapingClock();
    const vault = createVault(clock);
    vault.put({ secret: 'a' });
    for (let second = 0; second < 60; second += 1) {
      clock.leapTo(clock.nowMs() + seconds(1));
      for (let n = 0; n < 20; n += 1) await vault.secrets(true);
    }
    expect(vault.reads).toBeLessThanOrEqual(3);
  });

  it.each([
    '',
    'plain',
    '{}',
    '[]',
    '"a"',
    '{"secret":""}',
    '{"secret":"a","old":"b"}',
    '{"secret":1}',
  ])('cannot be %j, and an error does not say what they were', async (text) => {
    const vault = createVault();
    vault.put(text.replace('plain', 'canary-plain'));
    const reading = vault.secrets(false);
    await expect(reading).rejects.toMatchObject({ code: 'account.secret-invalid' });
    await expect(reading).rejects.not.toThrow('canary');
  });
});

describe('S5 a rotation', () => {
  it('drops no webhook: new secret stored, sender switched, old one withdrawn', async () => {
    const engine = createEngine();
    const vault = createVault(engine.clock);
    const bench = createWebhookBench({ engine, secrets: vault.secrets });
    const asOld = createWebhookBench({ sender: { ...sender, headersFor: signedWithOld } });
    const postNew = () => bench.post(BODY);
    const postOld = () => bench.post(BODY, asOld.sign(BODY));

    vault.put({ secret: oldSecret });
    expect((await postOld()).status).toBe(202);
    vault.put({ secret: newSecret, previous: oldSecret });
    expect((await postOld()).status).toBe(202);
    expect((await postNew()).status).toBe(202);
    expect((await postOld()).status).toBe(202);
    vault.put({ secret: newSecret });
    engine.clock.leapTo(engine.clock.nowMs() + minutes(5));
    expect((await postNew()).status).toBe(202);
  });

  it('needs five minutes before the sender is switched, where strangers use up each look', async () => {
    const engine = createEngine();
    const vault = createVault(engine.clock);
    const bench = createWebhookBench({ engine, secrets: vault.secrets });
    const asOld = createWebhookBench({ sender: { ...sender, headersFor: signedWithOld } });
    const postStranger = () =>
      bench.post(BODY, { ...bench.sign(BODY), 'webhook-signature': 'v1,x' });

    vault.put({ secret: oldSecret });
    expect((await postStranger()).status).toBe(401);
    vault.put({ secret: newSecret, previous: oldSecret });
    expect((await bench.post(BODY)).status).toBe(401);
    expect((await bench.post(BODY, asOld.sign(BODY))).status).toBe(202);
    engine.clock.leapTo(engine.clock.nowMs() + minutes(5));
    const reads = vault.reads;
    expect((await bench.post(BODY)).status).toBe(202);
    expect((await bench.post(BODY, asOld.sign(BODY))).status).toBe(202);
    expect(vault.reads - reads).toBe(1);
  });

  it('ends: the old secret is refused five minutes after it was withdrawn', async () => {
    const engine = createEngine();
    const vault = createVault(engine.clock);
    vault.put({ secret: newSecret, previous: oldSecret });
    const bench = createWebhookBench({
      engine,
      secrets: vault.secrets,
      sender: { ...sender, headersFor: signedWithOld },
    });
    expect((await bench.post(BODY)).status).toBe(202);
    vault.put({ secret: newSecret });
    engine.clock.leapTo(engine.clock.nowMs() + minutes(5));
    expect((await bench.post(BODY)).status).toBe(401);
  });
});

function signedWithOld(body: Uint8Array, timestamp = ''): Record<string, string> {
  const key = Buffer.from(oldSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.`).update(body);
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
}
