import { describe, expect, it } from 'vitest';
import {
  appendTimeline,
  orderKey,
  TIMELINE_ENTRIES_MAX,
  type TimelineEntry,
} from '../../../shared/jobs/job.ts';

const entry = (at: number): TimelineEntry => ({ at, event: 'queued' });

describe('appendTimeline', () => {
  it('keeps every entry up to the limit', () => {
    const full = Array.from({ length: TIMELINE_ENTRIES_MAX - 1 }, (_, at) => entry(at));
    expect(appendTimeline(full, entry(999))).toEqual([...full, entry(999)]);
  });

  it('keeps the beginning and the end of a long life and drops its middle', () => {
    let timeline: readonly TimelineEntry[] = [];
    for (let at = 0; at < 1_000; at += 1) timeline = appendTimeline(timeline, entry(at));
    const instants = timeline.map(({ at }) => at);
    expect(instants).toHaveLength(TIMELINE_ENTRIES_MAX);
    expect(instants.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(instants.slice(20)).toEqual(Array.from({ length: 180 }, (_, n) => 820 + n));
  });
});

describe('orderKey', () => {
  it('sorts by age as text, then by id', () => {
    const keys = [
      { id: 'b', createdAtMs: 9 },
      { id: 'a', createdAtMs: 10 },
      { id: 'c', createdAtMs: 9 },
    ].map(orderKey);
    expect(keys.toSorted()).toEqual([keys[0], keys[2], keys[1]]);
  });
});
