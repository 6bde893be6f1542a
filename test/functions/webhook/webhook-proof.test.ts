import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/kernel/duration.ts';
import type { Secret } from '../../../shared/kernel/secret.ts';
import { dated, type Sender, senders, signers } from '../../shared/webhooks/signing.ts';
import { createWebhookBench, type Posted } from './webhook-bench.ts';

const BODY = '{"ids":[1,2]}';

type Bench = ReturnType<typeof createWebhookBench>;

/** Refused, and nothing has come of it. */
async function expectRefused(bench: Bench, posted: Posted, code: string): Promise<void> {
  expect([posted.status, posted.body['code']]).toEqual([401, code]);
  expect(await bench.rows()).toEqual([]);
  expect(bench.engine.queue.sent).toEqual([]);
  expect(bench.log.lines).toMatchObject([{ level: 'warn', source: 'hook' }]);
}

const altered = (text: string): string => {
  const at = text.length - 3;
  const other = text[at] === 'a' ? 'b' : 'a';
  return text.slice(0, at) + other + text.slice(at + 1);
};

describe('S1 a webhook of a source whose scheme nobody has set', () => {
  it.each(senders)('is refused, though it would hold under $name', async (sender) => {
    const bench = createWebhookBench({ sender, schemeless: true });
    await expectRefused(bench, await bench.post(BODY), 'webhook.unauthenticated');
    expect(bench.log.lines).toMatchObject([{ reason: 'the source has no signature scheme' }]);
  });
});

describe.each(senders)('S1 a webhook under $name', (sender: Sender) => {
  it('makes its job', async () => {
    const bench = createWebhookBench({ sender });
    const { status, body } = await bench.post(BODY);
    expect(status).toBe(202);
    const [job] = await bench.rows();
    expect(body).toMatchObject({ jobs: [{ id: job?.id, status: 'queued', duplicate: false }] });
    expect(bench.engine.queue.sent).toMatchObject([{ jobId: job?.id }]);
    expect((await bench.engine.find(job?.id ?? '')).origin).toEqual({
      way: 'webhook',
      detail: 'hook',
    });
  });

  it('is refused without its proof', async () => {
    const bench = createWebhookBench({ sender });
    const { [sender.proofHeader]: _proof, ...headers } = bench.sign(BODY);
    await expectRefused(bench, await bench.post(BODY, headers), 'webhook.unauthenticated');
  });

  it('is refused under another secret', async () => {
    const secrets = async (): Promise<Secret[]> => [sender.otherSecret];
    const bench = createWebhookBench({ sender, secrets });
    await expectRefused(bench, await bench.post(BODY), 'webhook.unauthenticated');
  });

  it('is refused with one character of its proof altered', async () => {
    const bench = createWebhookBench({ sender });
    const headers = bench.sign(BODY);
    const proof = altered(headers[sender.proofHeader] ?? '');
    const posted = await bench.post(BODY, { ...headers, [sender.proofHeader]: proof });
    await expectRefused(bench, posted, 'webhook.unauthenticated');
  });

  it('is refused without any header, and with an empty proof', async () => {
    const bare = createWebhookBench({ sender });
    await expectRefused(bare, await bare.post(BODY, {}), 'webhook.unauthenticated');
    const empty = createWebhookBench({ sender });
    const headers = { ...empty.sign(BODY), [sender.proofHeader]: '' };
    await expectRefused(empty, await empty.post(BODY, headers), 'webhook.unauthenticated');
  });

  it('is refused where the source has no secret', async () => {
    const bench = createWebhookBench({ sender, secrets: async () => [] });
    await expectRefused(bench, await bench.post(BODY), 'webhook.unauthenticated');
  });

  it('is taken under the previous secret while a rotation lasts', async () => {
    const secrets = async (): Promise<Secret[]> => [sender.otherSecret, sender.secret];
    const bench = createWebhookBench({ sender, secrets });
    expect((await bench.post(BODY)).status).toBe(202);
  });
});

describe.each(signers)('S1 a signed webhook under $name', (sender: Sender) => {
  it.each(['{"ids":[1,3]}', '{"ids":[1,2]} ', '{ "ids":[1,2]}', ''])(
    'is refused with its body altered to %j',
    async (body) => {
      const bench = createWebhookBench({ sender });
      const posted = await bench.post(body, bench.sign(BODY));
      await expectRefused(bench, posted, 'webhook.unauthenticated');
    },
  );

  it('is verified on the bytes as they came, whatever they are', async () => {
    const bench = createWebhookBench({ sender });
    const bodies = ['{"ids":[1],\r\n"x":"☃"}', '{"n":9007199254740993,"ids":[2]}'];
    for (const body of bodies) {
      const { status } = await bench.post(Buffer.from(body), bench.sign(body));
      expect([202, 422]).toContain(status);
    }
    const { status, body } = await bench.post(new Uint8Array([0xff, 0x00, 0xfe]));
    expect([status, body['code']]).toEqual([400, 'job.invalid']);
  });
});

describe.each(dated)('S3 a dated webhook under $name', (sender: Sender) => {
  it.each([-299, 299, -300, 300])('is taken %i seconds away', async (away) => {
    const bench = createWebhookBench({ sender });
    const { status } = await bench.post(BODY, bench.sign(BODY, seconds(away)));
    expect(status).toBe(202);
  });

  it.each([-301, 301, -86_400])('is refused %i seconds away', async (away) => {
    const bench = createWebhookBench({ sender });
    const posted = await bench.post(BODY, bench.sign(BODY, seconds(away)));
    await expectRefused(bench, posted, 'webhook.replayed');
  });

  it('is refused where only its timestamp was made new', async () => {
    const bench = createWebhookBench({ sender });
    const [old, fresh] = [bench.sign(BODY, seconds(-400)), bench.sign(BODY)];
    const header = 'webhook-timestamp';
    const stamp = `t=${Math.floor(bench.engine.clock.nowMs() / 1_000)},`;
    const proof = (old[sender.proofHeader] ?? '').replace(/^t=\d+,/, stamp);
    const headers = { ...old, [sender.proofHeader]: proof };
    const renewed = fresh[header] === undefined ? headers : { ...headers, [header]: fresh[header] };
    await expectRefused(bench, await bench.post(BODY, renewed), 'webhook.unauthenticated');
  });
});

describe.each(senders)('S10 the secret of a $name source', (sender: Sender) => {
  it('is in no answer, row, message or log, nor is the proof that it gave', async () => {
    const bench = createWebhookBench({ sender });
    const headers = bench.sign(BODY);
    const answers = [
      await bench.post(BODY, headers),
      await bench.post(BODY, { ...headers, [sender.proofHeader]: 'x' }),
      await bench.post('{"ids":"wrong"}'),
      await bench.post('prose'),
    ];
    const rows = await Promise.all((await bench.rows()).map(({ id }) => bench.engine.find(id)));
    expect(rows.length).toBeGreaterThan(1);
    const seen = JSON.stringify([answers, rows, bench.engine.queue.sent, bench.log.lines]);
    const proof = headers[sender.proofHeader] ?? '';
    expect([sender.secret.reveal(), proof].filter((text) => seen.includes(text))).toEqual([]);
  });
});

describe('a refused webhook', () => {
  it('tells a stranger nothing of secret, signature or reason', async () => {
    const bench = createWebhookBench();
    const { body } = await bench.post(BODY, { ...bench.sign(BODY), 'webhook-id': 'other' });
    expect(Object.keys(body).sort()).toEqual([
      'code',
      'detail',
      'requestId',
      'status',
      'title',
      'type',
    ]);
    expect(body['detail']).toBe('the signature does not hold, or is too old');
    const logged = JSON.stringify(bench.log.lines);
    expect(logged).not.toContain(bench.sign(BODY)['webhook-signature']);
    expect(logged).not.toContain('whsec_');
  });

  it.each(['nobody', 'constructor', '__proto__', 'Hook', ''])(
    'of the unknown source %j is 404',
    async (source) => {
      const bench = createWebhookBench();
      const { status, body } = await bench.post(BODY, bench.sign(BODY), source);
      expect([status, body['code']]).toEqual([404, 'webhook.unknown-source']);
      expect(await bench.rows()).toEqual([]);
    },
  );

  it('S7 that is too large is refused unread: 413', async () => {
    const bench = createWebhookBench();
    const large = JSON.stringify({ ids: [1], padding: 'x'.repeat(256 * 1024) });
    const { status, body } = await bench.post(large);
    expect([status, body['code']]).toEqual([413, 'request.too-large']);
    expect(await bench.rows()).toEqual([]);
  });
});
