import { describe, expect, it } from 'vitest';
import {
  describeAppointment,
  describeDistance,
  describeInstant,
  describeSpan,
} from '../../cli/describe-time.ts';
import { NOW_MS } from './test-io.ts';

describe('a span', () => {
  it.each([
    [-5, '0 ms'],
    [312, '312 ms'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [252_000, '4 min 12 s'],
    [11_100_000, '3 h 5 min'],
    [47 * 3_600_000, '47 h'],
    [122 * 3_600_000, '5 d 2 h'],
  ])('of %i ms reads %s', (spanMs, text) => {
    expect(describeSpan(spanMs)).toBe(text);
  });
});

describe('an instant', () => {
  it('is told to the second, in UTC', () => {
    expect(describeInstant('2026-03-01T02:00:59.999Z')).toBe('2026-03-01 02:00:59Z');
  });

  it('is told with its distance, past or to come', () => {
    const past = '2026-03-01T02:00:22.000Z';
    const coming = '2026-03-01T03:01:00.000Z';
    expect(describeDistance(past, NOW_MS)).toBe('2026-03-01 02:00:22Z (38 s ago)');
    expect(describeDistance(coming, NOW_MS)).toBe('2026-03-01 03:01:00Z (in 1 h)');
  });

  it.each([
    ['2026-03-01T02:01:38.000Z', '02:01:38Z (in 38 s)'],
    ['2026-03-01T02:00:59.000Z', '02:00:59Z (due)'],
    ['2026-03-04T02:01:00.000Z', '2026-03-04 02:01:00Z (in 3 d)'],
  ])('to wait for, %s, is told as short as is clear: %s', (instant, text) => {
    expect(describeAppointment(instant, NOW_MS)).toBe(text);
  });
});
