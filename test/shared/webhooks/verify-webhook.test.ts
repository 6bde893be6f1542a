import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/kernel/secret.ts';
import { verifyWebhook, type WebhookVerdict } from '../../../shared/webhooks/verify-webhook.ts';
import { dated, github, NOW_MS, type Sender, senders, signers, TIMESTAMP } from './signing.ts';

const body = Buffer.from('{"name":"ünïcode","line":"a\r\nb","id":9007199254740993}');

function verify(
  sender: Sender,
  changed: Partial<Parameters<typeof verifyWebhook>[0]> = {},
): WebhookVerdict {
  return verifyWebhook({
    scheme: sender.scheme,
    headers: sender.headersFor(body),
    rawBody: body,
    secrets: [sender.secret],
    nowMs: NOW_MS,
    ...changed,
  });
}

const unauthenticated = { verified: false, code: 'webhook.unauthenticated' };

describe.each(senders)('S1 a webhook of scheme $name', (sender) => {
  const sent = sender.headersFor(body);
  const proof = sent[sender.proofHeader] ?? '';

  it('is verified and named', () => {
    expect(verify(sender)).toEqual({ verified: true, deliveryId: expect.stringMatching(/./) });
  });

  it('is verified whatever the case of its header names', () => {
    const upper = Object.entries(sent).map(([name, value]) => [name.toUpperCase(), value]);
    expect(verify(sender, { headers: Object.fromEntries(upper) }).verified).toBe(true);
  });

  it('is refused with another secret, with none, and with an empty one', () => {
    expect(verify(sender, { secrets: [sender.otherSecret] })).toMatchObject(unauthenticated);
    expect(verify(sender, { secrets: [] })).toMatchObject(unauthenticated);
    expect(verify(sender, { secrets: [new Secret('')] })).toMatchObject(unauthenticated);
  });

  it('is verified by either of two secrets, and by neither once both are replaced', () => {
    const { secret, otherSecret } = sender;
    expect(verify(sender, { secrets: [secret, otherSecret] }).verified).toBe(true);
    expect(verify(sender, { secrets: [otherSecret, secret] }).verified).toBe(true);
    expect(verify(sender, { secrets: [otherSecret, new Secret('third')] }).verified).toBe(false);
  });

  it('is refused without any of the headers that its scheme needs', () => {
    for (const missing of Object.keys(sent).filter((name) => name !== 'x-github-delivery')) {
      const rest = Object.entries(sent).filter(([name]) => name !== missing);
      expect(verify(sender, { headers: Object.fromEntries(rest) })).toMatchObject(unauthenticated);
    }
    expect(verify(sender, { headers: {} })).toMatchObject(unauthenticated);
  });

  it('is refused when a header is there twice, as a list, in two cases or joined', () => {
    for (const [name, value] of Object.entries(sent)) {
      const twice = [
        { ...sent, [name]: [value, value] },
        { ...sent, [name.toUpperCase()]: value },
        { ...sent, [name]: `${value},${value}` },
        { ...sent, [name]: `${value}, ${value}` },
      ];
      for (const headers of twice) {
        expect(verify(sender, { headers })).toMatchObject(unauthenticated);
      }
    }
  });

  it.each(['', ' ', 'v1,', 'sha256=', 'Bearer ', 't=1,v1=', 'none', 'null', 'é'])(
    'is refused with the proof %j',
    (text) => {
      const headers = { ...sent, [sender.proofHeader]: text };
      expect(verify(sender, { headers })).toMatchObject(unauthenticated);
    },
  );

  it('is refused with one byte of its proof altered', () => {
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(proof[at] !== character);
        const altered = proof.slice(0, at) + character + proof.slice(at + 1);
        const headers = { ...sent, [sender.proofHeader]: altered };
        expect(verify(sender, { headers }).verified).toBe(false);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('quotes no secret and no proof in its refusal', () => {
    const headers = { ...sent, [sender.proofHeader]: `${proof}x` };
    const printed = inspect(verify(sender, { headers }), { depth: 9 });
    expect(printed).not.toContain(proof);
    expect(printed).not.toContain(sender.secret.reveal());
  });
});

describe.each(signers)('S6 a body signed by $name', (sender) => {
  it('is verified for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (rawBody) => {
        const headers = sender.headersFor(rawBody);
        expect(verify(sender, { rawBody, headers }).verified).toBe(true);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('is refused with one byte altered, added or taken away', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Buffer.from(body);
        altered[at] = (altered[at] ?? 0) ^ flip;
        const taken = Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]);
        const added = Buffer.concat([body, Buffer.of(flip)]);
        for (const rawBody of [altered, taken, added]) {
          expect(verify(sender, { rawBody })).toMatchObject(unauthenticated);
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe.each(dated)('S3 the timestamp signed by $name', (sender) => {
  it.each([
    [-301, false],
    [-300, true],
    [-299, true],
    [299, true],
    [300, true],
    [301, false],
  ])('%i s away is accepted: %s', (awaySeconds, accepted) => {
    const verdict = verify(sender, { nowMs: NOW_MS + awaySeconds * 1_000 });
    expect(verdict).toMatchObject(
      accepted ? { verified: true } : { verified: false, code: 'webhook.replayed' },
    );
  });

  it('is looked at only once the signature holds', () => {
    const changed = { nowMs: NOW_MS + 900_000, secrets: [sender.otherSecret] };
    expect(verify(sender, changed)).toMatchObject(unauthenticated);
  });

  it.each(['', 'now', '-1', '1e9', '1614265330.0', '0x60', '9'.repeat(13), ' '])(
    'is refused as %j even if signed',
    (timestamp) => {
      const headers = sender.headersFor(body, timestamp);
      expect(verify(sender, { headers })).toMatchObject(unauthenticated);
    },
  );

  it('cannot be moved without a new signature', () => {
    const headers = Object.entries(sender.headersFor(body)).map(([name, value]) => [
      name,
      value.replace(TIMESTAMP, `${Number(TIMESTAMP) + 1}`),
    ]);
    const moved = verify(sender, { headers: Object.fromEntries(headers) });
    expect(moved).toMatchObject(unauthenticated);
  });
});

describe('the delivery id', () => {
  const ids = senders.map((sender) => {
    const verdict = verify(sender);
    return [sender.name, verdict.verified ? verdict.deliveryId : ''];
  });

  it("is the sender's own where the scheme has one, else a digest", () => {
    expect(Object.fromEntries(ids)).toEqual({
      'standard-webhooks': 'msg_1',
      github: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      timestamped: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      'static-token': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('derived from timestamp and body differs when either does, and only then', () => {
    const [, sender] = dated;
    if (sender === undefined) throw new Error('no dated sender without an id');
    const idOf = (rawBody: Uint8Array, timestamp: string): string => {
      const verdict = verify(sender, { rawBody, headers: sender.headersFor(rawBody, timestamp) });
      return verdict.verified ? verdict.deliveryId : 'refused';
    };
    const other = Buffer.from('{}');
    const later = `${Number(TIMESTAMP) + 1}`;
    expect(idOf(body, TIMESTAMP)).toBe(idOf(body, TIMESTAMP));
    expect(new Set([idOf(body, TIMESTAMP), idOf(body, later), idOf(other, TIMESTAMP)]).size).toBe(
      3,
    );
  });

  it('derived without a signed time is the same within ten minutes, and another one later', () => {
    const headers = { ...github.headersFor(body), 'x-github-delivery': undefined };
    const idAt = (nowMs: number): string => {
      const verdict = verify(github, { headers, nowMs });
      return verdict.verified ? verdict.deliveryId : 'refused';
    };
    const periodMs = 600_000;
    expect(idAt(periodMs * 5)).toBe(idAt(periodMs * 6 - 1));
    expect(idAt(periodMs * 6)).not.toBe(idAt(periodMs * 6 - 1));
  });

  it('is derived where the sender left its header out', () => {
    const headers = { ...github.headersFor(body), 'x-github-delivery': undefined };
    expect(verify(github, { headers })).toMatchObject({
      verified: true,
      deliveryId: expect.stringMatching(/^sha256:/),
    });
  });

  it.each(['a b', 'x'.repeat(201), 'a\nb', 'é'])('%j is refused', (id) => {
    const headers = { ...github.headersFor(body), 'x-github-delivery': id };
    expect(verify(github, { headers })).toMatchObject(unauthenticated);
  });
});
