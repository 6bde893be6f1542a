import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/kernel/json.ts';
import {
  createPayloadMapping,
  JOBS_PER_DELIVERY_MAX,
  type MappingInput,
} from '../../../shared/webhooks/payload-mapping.ts';
import { createManualClock } from '../http/manual-clock.ts';

const inputOf = (payload: Json): MappingInput => ({
  payload,
  headers: { 'x-event': 'policy.non_compliant' },
  source: 'automox',
  deliveryId: 'msg_1',
  receivedAt: '2026-01-15T12:00:00.000Z',
});

const mapOnce = (source: string, payload: Json = {}) =>
  createPayloadMapping(source).map(inputOf(payload));

const failure = (message: RegExp) =>
  expect.objectContaining({
    code: 'webhook.mapping-failed',
    message: expect.stringMatching(message),
  });

describe('a mapping', () => {
  it('makes a job from the payload and what is known of the delivery', async () => {
    const source = `{
      "type": "automox.policy.run", "account": source,
      "params": { "policyId": payload.policy.id, "devices": [payload.device.id] },
      "correlationId": deliveryId & "/" & $lookup(headers, "x-event") & "/" & receivedAt
    }`;
    expect(await mapOnce(source, { policy: { id: 77 }, device: { id: 5 } })).toEqual([
      {
        type: 'automox.policy.run',
        account: 'automox',
        params: { policyId: 77, devices: [5] },
        correlationId: 'msg_1/policy.non_compliant/2026-01-15T12:00:00.000Z',
      },
    ]);
  });

  it('makes a job from each item of a list, in order', async () => {
    const jobs = await mapOnce('payload.ids.{"type": "t", "params": {"id": $}}', { ids: [1, 2] });
    expect(jobs).toEqual([
      { type: 't', params: { id: 1 } },
      { type: 't', params: { id: 2 } },
    ]);
  });

  it('keeps integers beyond 2^53 exact', async () => {
    const id = 9_007_199_254_740_993n;
    expect(await mapOnce('{"id": payload.id}', { id })).toEqual([{ id }]);
  });

  it.each([
    ['nothing', 'payload.absent'],
    ['null', 'null'],
    ['an empty list', '[]'],
    ['a condition that is not met', 'payload.kind = "x" ? {"type": "t"}'],
  ])('ignores the event when it gives %s', async (_name, source) => {
    expect(await mapOnce(source, { kind: 'y' })).toEqual([]);
  });

  it('gives the same jobs for the same delivery, also when run side by side', async () => {
    const mapping = createPayloadMapping('payload.ids.{"id": $, "key": $$.deliveryId & "-" & $}');
    const inputs = Array.from({ length: 20 }, (_, n) => inputOf({ ids: [n, n + 1] }));
    const once = await Promise.all(inputs.map((input) => mapping.map(input)));
    const again = await Promise.all(inputs.map((input) => mapping.map(input)));
    expect(again).toEqual(once);
    expect(once[3]).toEqual([
      { id: 3, key: 'msg_1-3' },
      { id: 4, key: 'msg_1-4' },
    ]);
  });

  it.each([
    '"text"',
    '7',
    'true',
    '[{"type": "t"}, "x"]',
    '[[{}]]',
    'function($x){$x}',
    '{"type": function($x){$x}}',
  ])('fails when it gives %s, which is no job', async (source) => {
    await expect(mapOnce(source)).rejects.toEqual(failure(/no job/));
  });

  it('gives as many jobs as allowed, and fails for one more', async () => {
    const many = (count: number): string => `[1..${count}].{"n": $}`;
    expect(await mapOnce(many(JOBS_PER_DELIVERY_MAX))).toHaveLength(JOBS_PER_DELIVERY_MAX);
    await expect(mapOnce(many(JOBS_PER_DELIVERY_MAX + 1))).rejects.toEqual(failure(/101 jobs/));
  });
});

describe('a mapping that cannot be compiled', () => {
  it.each([
    ['{"type": }', /at character 10/],
    ['payload.(', /JSONata S02/],
    ['', /JSONata S0207/],
    ['$eval(payload.code)', /\$eval at character 5, which runs text as code/],
    ['{"a": [1, $map([1], $eval)]}', /\$eval/],
    ['$random() > 0.5 ? {}', /\$random/],
    ['{"at": $now()}', /\$now.*use receivedAt/],
    ['/(unclosed/.x', /mapping failed/],
    ['('.repeat(9_000), /mapping failed/],
    [' '.repeat(20_001), /longer than 20000/],
  ])('%.40j is refused with its position or reason', (source, message) => {
    expect(() => createPayloadMapping(source)).toThrow(failure(message));
  });
});

describe('a mapping that fails at run time', () => {
  it('says where, without quoting the payload', async () => {
    const mapped = mapOnce('{"n": $number(payload.canary)}', { canary: 'canary-value' });
    await expect(mapped).rejects.toEqual(
      failure(/at character \d+ near "number" \(JSONata D3030\)/),
    );
    await expect(mapped).rejects.toEqual(
      expect.objectContaining({ message: expect.not.stringContaining('canary') }),
    );
  });

  it("passes on the author's own words", async () => {
    await expect(mapOnce('$error("policy id is missing")')).rejects.toEqual(
      failure(/policy id is missing/),
    );
  });
});

describe('a mapping that would not end', () => {
  it.each([
    ['tail recursion', '($f := function($n) { $f($n + 1) }; $f(1))', /50000 steps/],
    ['deep recursion', '($f := function($n) { 1 + $f($n) }; $f(1))', /D1011/],
    [
      'mutual recursion',
      '($f := function($n){$g($n)}; $g := function($n){$f($n)}; $f(1))',
      /steps/,
    ],
    ['a huge range', '[1..10000000]', /D2015/],
    ['a range beyond any limit', '[1..1e15]', /D20/],
    ['nested ranges', '[1..1000].([1..1000].($ * 2))', /D2015|steps/],
    [
      'an append in a loop',
      '$reduce([1..9000], function($a, $b) { $append($a, [1..9]) })',
      /D2015|steps/,
    ],
    ['a doubling text', '($f := function($s) { $f($s & $s) }; $f("ab"))', /1000000 characters/],
    ['a wide padding', '$length($pad("x", 2000000))', /1000000 characters/],
  ])('is stopped: %s', async (_name, source, message) => {
    await expect(mapOnce(source)).rejects.toEqual(failure(message));
  });

  it('is stopped when its time is over, by its own clock', async () => {
    const clock = createManualClock();
    const ticking = {
      ...clock,
      monotonicMs: () => {
        clock.advance(10);
        return clock.monotonicMs();
      },
    };
    const source = '($f := function($n) { $f($n + 1) }; $f(1))';
    const mapping = createPayloadMapping(source, { clock: ticking });
    await expect(mapping.map(inputOf({}))).rejects.toEqual(failure(/more than 1000 ms/));
  });

  it('is stopped when a regular expression backtracks without end', async () => {
    const mapping = createPayloadMapping('$contains(payload.text, /^(a+)+$/) ? {}', {
      limits: { regexTimeMs: 20 },
    });
    const text = `${'a'.repeat(60)}!`;
    await expect(mapping.map(inputOf({ text }))).rejects.toEqual(failure(/regular expression/));
  });

  it('leaves the next evaluation its whole budget', async () => {
    const source = 'payload.loop ? ($f := function($n){$f($n)}; $f(1)) : {"type": "t"}';
    const mapping = createPayloadMapping(source);
    await expect(mapping.map(inputOf({ loop: true }))).rejects.toEqual(failure(/steps/));
    expect(await mapping.map(inputOf({ loop: false }))).toEqual([{ type: 't' }]);
  });
});

describe('a regular expression in a mapping', () => {
  it('matches, splits and replaces', async () => {
    const source = `{
      "parts": $split(payload.text, /[,;] */),
      "first": $match(payload.text, /(\\w)(\\w*)/)[0].groups,
      "masked": $replace(payload.text, /\\d+/, "#"),
      "has": $contains(payload.text, /B/i)
    }`;
    expect(await mapOnce(source, { text: 'ab1, cd22;e' })).toEqual([
      { parts: ['ab1', 'cd22', 'e'], first: ['a', 'b1'], masked: 'ab#, cd#;e', has: true },
    ]);
  });
});
