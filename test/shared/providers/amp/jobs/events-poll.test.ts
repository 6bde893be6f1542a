import { describe, expect, it } from 'vitest';
import type { AmpEvent } from '../../../../../local/simulators/amp/events.ts';
import { hours, minutes } from '../../../../../shared/kernel/duration.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { eventsPoll } from '../../../../../shared/providers/amp/jobs/events-poll.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Business, startBusiness } from '../business.ts';

const POLL = 'amp.events.poll';

const idsOf = (rows: Json): bigint[] => (rows as { id: bigint }[]).map(({ id }) => BigInt(id));
const told = ({ publisher }: JobHarness): unknown[] =>
  publisher.published.map(({ detail }) => detail['eventId']);
const texts = (events: readonly AmpEvent[]): string[] => events.map(({ id }) => `${id}`);

/** So many detections, a second apart, up to now. */
function detect(business: Business, harness: JobHarness, times: number): AmpEvent[] {
  const nowMs = harness.clock.nowMs();
  return Array.from({ length: times }, (_, index) =>
    business.console().detect({ atMs: nowMs - (times - 1 - index) * 1_000 }),
  );
}

const fieldsOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fieldsOf(item)]))
    : Array.isArray(value)
      ? 'list'
      : typeof value;

describe('amp.events.poll', () => {
  it('tells of each event once, oldest first, with exact ids', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const events = detect(business, harness, 20);
    const job = await harness.run(POLL, {});
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1, result: { rows: 20 } });
    expect(idsOf(await harness.result(job))).toEqual(events.map(({ id }) => BigInt(id)));
    expect(told(harness)).toEqual(texts(events));
    // A double would not hold them.
    expect(events.some(({ id }) => BigInt(Number(id)) !== BigInt(id))).toBe(true);
  });

  it('tells of events that have the fields of its example, each of the same type', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [computer] = business.computers();
    business.console().detect({ computer: computer?.guid });
    await harness.run(POLL, {});
    const [event] = harness.publisher.published;
    expect(event?.type).toBe(eventsPoll.tells?.type);
    expect(fieldsOf(event?.detail)).toEqual(fieldsOf(eventsPoll.tells?.example));
  });

  it('says in each event what a rule needs, under an id that never changes', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [computer] = business.computers();
    const sha256 = 'ab'.repeat(32);
    const event = business.console().detect({
      computer: computer?.guid,
      detection: 'Eicar',
      severity: 'High',
      sha256,
    });
    await harness.run(POLL, {});
    expect(harness.publisher.published).toMatchObject([
      {
        id: `amp/acme/${event.id}`,
        type: 'AmpEventFound',
        atMs: event.timestamp * 1_000,
        detail: {
          eventId: `${event.id}`,
          eventTypeId: event.event_type_id,
          severity: 'High',
          detection: 'Eicar',
          connectorGuid: computer?.guid,
          hostname: computer?.hostname,
          file: { sha256 },
        },
      },
    ]);
  });

  it('reads an event that names no computer', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    business.console().detect({ computer: null });
    await harness.run(POLL, {});
    expect(harness.publisher.published).toMatchObject([{ detail: { hostname: null } }]);
  });

  it('goes on where the last poll ended, and tells of nothing twice', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const first = detect(business, harness, 3);
    await harness.run(POLL, {});
    expect(await harness.run(POLL, {})).toMatchObject({ result: { rows: 0 } });
    // In the very second of the last one: `start_date` is inclusive.
    const second = detect(business, harness, 1);
    expect(await harness.run(POLL, {})).toMatchObject({ result: { rows: 1 } });
    expect(told(harness)).toEqual(texts([...first, ...second]));
  });

  it('finds an event that reaches AMP late, within the overlap', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [newest] = detect(business, harness, 1);
    await harness.run(POLL, {});
    const atMs = harness.clock.nowMs() - minutes(50);
    const late = business.console().detect({ atMs });
    await harness.run(POLL, {});
    expect(told(harness)).toEqual([`${newest?.id}`, `${late.id}`]);
  });

  it('does not let a clock that is ahead take the mark along', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const ahead = business.console().detect({ atMs: harness.clock.nowMs() + hours(5) });
    await harness.run(POLL, {});
    const [normal] = detect(business, harness, 1);
    await harness.run(POLL, {});
    expect(told(harness)).toEqual([`${ahead.id}`, `${normal?.id}`]);
  });

  it('misses nothing where so many arrive between two pages that one holds only repeats', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const before = detect(business, harness, 600);
    business.simulator.faults.add({ skip: 1, fault: { kind: 'status', status: 503 } });
    const { id } = await harness.submit(POLL, {});
    await harness.deliver(id);
    const arrived = detect(business, harness, 700);
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded' });
    expect(told(harness)).toEqual(expect.arrayContaining(texts(before)));
    await harness.run(POLL, {});
    expect(told(harness)).toHaveLength(1_300);
    expect(new Set(told(harness))).toEqual(new Set(texts([...before, ...arrived])));
  });

  it('asks AMP for the kinds, computers, groups and files that are wanted', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [computer] = business.computers();
    const wanted = business.console().detect({ computer: computer?.guid, typeId: 553648143 });
    business.console().detect({ computer: computer?.guid });
    const job = await harness.run(POLL, {
      cursor: 'quarantined',
      eventTypes: [553648143],
      computers: [computer?.guid ?? ''],
      groups: [computer?.groupGuid ?? ''],
    });
    expect(idsOf(await harness.result(job))).toEqual([BigInt(wanted.id)]);
  });

  it('keeps a cursor for each name, and refuses one that was begun with other filters', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    detect(business, harness, 2);
    await harness.run(POLL, { cursor: 'one' });
    expect(await harness.run(POLL, { cursor: 'two' })).toMatchObject({ result: { rows: 2 } });
    const job = await harness.run(POLL, { cursor: 'one', eventTypes: [553648143] });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.cursor' }] },
    });
  });

  it('begins where the caller says, once', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const nowMs = harness.clock.nowMs();
    const old = business.console().detect({ atMs: nowMs - hours(48) });
    const since = new Date(nowMs - hours(72)).toISOString();
    await harness.run(POLL, { since });
    await harness.run(POLL, { since });
    expect(told(harness)).toEqual([`${old.id}`]);
  });

  it('S20 tells nobody, and keeps no cursor, while it only observes', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    detect(business, harness, 2);
    const job = await harness.run(POLL, {}, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 2 } });
    expect(harness.publisher.published).toEqual([]);
    expect(await harness.run(POLL, {})).toMatchObject({ result: { rows: 2 } });
  });

  it('tells again, with the same ids, where the bus did not answer', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const events = detect(business, harness, 2);
    harness.publisher.refuse(1);
    const { id } = await harness.submit(POLL, {});
    expect(await harness.deliver(id)).toMatchObject({
      status: 'waiting',
      error: { code: 'store.unavailable' },
    });
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', result: { rows: 2 } });
    expect(told(harness)).toEqual(texts(events));
  });

  it('misses nothing, and repeats nothing in its result, whenever its worker is killed', async () => {
    const business = await startBusiness({}, 'process');
    let events: AmpEvent[] = [];
    const params = (harness: JobHarness) => {
      events = detect(business, harness, 501);
      return {};
    };
    const steps = await killEverywhere(business, { type: POLL, params }, async (survival) => {
      const { harness, job } = survival;
      expect(job.status).toBe('succeeded');
      expect(idsOf(await harness.result(job))).toEqual(events.map(({ id }) => BigInt(id)));
      expect(new Set(told(harness))).toEqual(new Set(texts(events)));
      expect(await harness.run(POLL, {})).toMatchObject({ result: { rows: 0 } });
    });
    expect(steps).toBeGreaterThan(10);
  });
});
