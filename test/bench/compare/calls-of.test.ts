import { describe, expect, it } from 'vitest';
import { callsOf } from '../../../bench/compare/calls-of.ts';
import { batchBody, OPERATION } from '../../../bench/compare/work.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';

const DEVICE = 7;
const arrival = (atMs: number, body: string, operation = OPERATION) => ({
  atMs,
  operation,
  status: 200,
  bodyDigest: sha256Hex(body),
});

describe('the calls in the log of the vendor', () => {
  it('are known by what they send, and those of other operations are none', () => {
    const arrivals = [
      arrival(10, batchBody(DEVICE, 'bench-1')),
      arrival(20, '', 'GET /servers'),
      arrival(30, batchBody(DEVICE, 'bench-0')),
      arrival(40, 'something else'),
    ];
    const calls = callsOf(arrivals, [{ key: 'bench-0' }, { key: 'bench-1' }], DEVICE);
    expect(calls.map(({ atMs, key }) => [atMs, key])).toEqual([
      [10, 'bench-1'],
      [30, 'bench-0'],
      [40, 'unknown'],
    ]);
  });
});
