import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signers } from '../../shared/webhooks/signing.ts';
import { createWebhookBench } from './webhook-bench.ts';

const rules = { seed: 6, numRuns: 60 };

/** JSON that says the same in other bytes is another body: what was signed is what was sent. */
const text = fc.oneof(
  fc.constantFrom(
    '{"ids":[1],\r\n"x":"☃"}',
    '{"b":1,"a":2,"ids":[1]}',
    '{"ids":[9007199254740993,1e400,-0,1.0,0.10]}',
    '{"ids":[1],"ids":[2]}',
    '\ufeff{"ids":[1]}',
    '{"ids":[1],"x":"\\u00e9 é e\u0301 \\ud800"}',
    ' \t\n{"ids":[1]}\n',
  ),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const bytes = fc.oneof(
  text.map((it) => new Uint8Array(Buffer.from(it))),
  fc.uint8Array({ maxLength: 200 }),
);

/** One byte otherwise, one more, or one less. */
const changes = [
  (body: Buffer, at: number) => Buffer.from(body.map((it, n) => (n === at ? it ^ 1 : it))),
  (body: Buffer, at: number) =>
    Buffer.concat([body.subarray(0, at), Buffer.from(' '), body.subarray(at)]),
  (body: Buffer, at: number) => Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]),
];

describe.each(signers)('S6 a webhook of any bytes under $name', (sender) => {
  it('is verified as it was sent, in base 64 or as text', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const asBase64 = createWebhookBench({ sender });
        expect((await asBase64.post(body)).status).not.toBe(401);
        const sent = Buffer.from(body).toString('utf8');
        if (!Buffer.from(sent).equals(Buffer.from(body))) return;
        const asText = createWebhookBench({ sender });
        expect((await asText.post(sent)).status).not.toBe(401);
      }),
      rules,
    );
  });

  it('is refused with one byte changed, added or taken away, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), fc.constantFrom(...changes), async (body, at, change) => {
        const signed = Buffer.from(body);
        const changed = change(signed, at % Math.max(1, signed.length));
        fc.pre(!changed.equals(signed));
        const bench = createWebhookBench({ sender });
        const { status } = await bench.post(new Uint8Array(changed), bench.sign(signed));
        expect(status).toBe(401);
        expect(await bench.rows()).toEqual([]);
        expect(bench.engine.queue.sent).toEqual([]);
      }),
      rules,
    );
  });

  it('is refused where it was written anew with the same meaning', async () => {
    const signed = '{"n":9007199254740993,"ids":[1],\r\n"x":"\\u00e9"}';
    const bench = createWebhookBench({ sender });
    const headers = bench.sign(signed);
    const again = JSON.stringify(JSON.parse(signed));
    expect((await bench.post(again, headers)).status).toBe(401);
    expect((await bench.post(signed, headers)).status).toBe(202);
  });
});
