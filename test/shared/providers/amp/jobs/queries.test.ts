import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { startBusiness } from '../business.ts';

const QUERY = 'amp.computers.query';

const guidsOf = (rows: Json): unknown[] =>
  (rows as { connector_guid: string }[]).map((row) => row.connector_guid);

describe('amp.version', () => {
  it('says that the credential is taken, with one call', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const job = await harness.run('amp.version', {});
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(await harness.result(job)).toEqual({ version: expect.stringMatching(/^v\d/) });
    expect(business.requests()).toEqual(['GET /version']);
  });

  it('fails where it is not, and shows nothing of it', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    harness.putSecret({ clientId: '1234', apiKey: 'of-another-region' });
    const job = await harness.run('amp.version', {});
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unauthorized', vendorStatus: 401 },
    });
    expect(JSON.stringify(job)).not.toContain('of-another-region');
  });

  it('fails without a call where the secret is none of Cisco AMP', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    harness.putSecret({ apiKey: 'hush' });
    const job = await harness.run('amp.version', {});
    expect(job).toMatchObject({ status: 'failed', error: { code: 'account.secret-invalid' } });
    expect(JSON.stringify(job)).not.toContain('hush');
    expect(business.requests()).toEqual([]);
  });

  it('takes a rotated key without a failed try', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    await harness.run('amp.version', {});
    business.simulator.credentials.rotate('1234', 'next');
    harness.putSecret({ clientId: '1234', apiKey: 'next' });
    expect(await harness.run('amp.version', {})).toMatchObject({
      status: 'succeeded',
      attempts: 2,
      failures: 0,
    });
  });
});

describe('amp.computers.query', () => {
  it.each([
    [0, 1],
    [500, 1],
    [501, 2],
    [1_000, 2],
  ])('lists %i computers with the fewest calls', async (computers, calls) => {
    const business = await startBusiness({ fleet: { computers, events: 0 } });
    const harness = business.harness();
    const job = await harness.run(QUERY, { fields: ['connector_guid'] });
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: computers } });
    expect(guidsOf(await harness.result(job))).toEqual(business.computers().map((it) => it.guid));
    expect(business.requests()).toHaveLength(calls);
  });

  it('asks AMP for what AMP can filter, and takes none that only looks alike', async () => {
    const hostnames = ['web-1', 'web-10', 'WEB-1'];
    const business = await startBusiness({ fleet: { computers: 6, events: 0, hostnames } });
    const harness = business.harness();
    const job = await harness.run(QUERY, {
      filters: { hostnames: ['web-1'] },
      fields: ['hostname', 'colour'],
    });
    expect(job.summary).toBe('2 computers listed of 3 read');
    expect(await harness.result(job)).toEqual([
      { hostname: 'web-1', colour: null },
      { hostname: 'WEB-1', colour: null },
    ]);
    expect(harness.calls[0]?.query).toMatchObject({ 'hostname[]': ['web-1'] });
  });

  it('lists the members of a group, and those that were not seen for long', async () => {
    const business = await startBusiness({ fleet: { computers: 60, events: 0 } });
    const harness = business.harness();
    const [first] = business.computers();
    const groupGuids = [first?.groupGuid ?? ''];
    const inGroup = business.computers().filter(({ groupGuid }) => groupGuids.includes(groupGuid));
    const job = await harness.run(QUERY, { filters: { groupGuids } });
    expect(guidsOf(await harness.result(job))).toEqual(inGroup.map(({ guid }) => guid));
    const sinceMs = harness.clock.nowMs() - 30 * 86_400_000;
    const stale = business.computers().filter((it) => (it.lastSeenAtMs ?? 0) < sinceMs);
    const staleJob = await harness.run(QUERY, { filters: { lastSeenOverDays: 30 } });
    expect(guidsOf(await harness.result(staleJob))).toEqual(stale.map(({ guid }) => guid));
    expect(stale.length).toBeGreaterThan(0);
  });

  it('follows no link to another host', async () => {
    const business = await startBusiness({ fleet: { computers: 501, events: 0 } });
    business.simulator.configure({ nextOrigin: 'https://elsewhere.example' });
    const job = await business.harness().run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 501 } });
  });

  it('lists every computer once, whenever its worker is killed', async () => {
    const business = await startBusiness({ fleet: { computers: 1_001, events: 0 } });
    const request = { type: QUERY, params: { fields: ['connector_guid'] } };
    const steps = await killEverywhere(business, request, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      const guids = guidsOf(await harness.result(job));
      expect(guids).toEqual(business.computers().map(({ guid }) => guid));
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('waits for the hour after a 429, loses nothing and counts no attempt', async () => {
    const business = await startBusiness({ settings: { rateHeaders: 'missing' } });
    const harness = business.harness();
    business.simulator.faults.add({ fault: { kind: 'throttle' } });
    const { id } = await harness.submit(QUERY, {});
    const fromMs = harness.clock.nowMs();
    const waiting = await harness.deliver(id);
    expect(waiting).toMatchObject({
      status: 'waiting',
      attempts: 0,
      waiting: { for: 'blocked', budget: 'amp/acme/account' },
    });
    expect((waiting?.waiting?.untilMs ?? 0) - fromMs).toBeGreaterThanOrEqual(3_600_000);
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  for (const [what, fault, code] of [
    ['a page with status 200', { kind: 'html', status: 200 }, 'provider.malformed-answer'],
    ['a page with status 502', { kind: 'html', status: 502 }, 'provider.unavailable'],
    ['half a body', { kind: 'half-body' }, 'provider.malformed-answer'],
    ['a list that is none', { kind: 'raw', body: '{"data":7}' }, 'provider.malformed-answer'],
    ['a cut connection', { kind: 'cut' }, 'provider.timed-out'],
  ] as const) {
    it(`tries again after ${what}`, async () => {
      const business = await startBusiness();
      const harness = business.harness();
      business.simulator.faults.add({ fault });
      const { id } = await harness.submit(QUERY, {});
      expect(await harness.deliver(id)).toMatchObject({ status: 'waiting', error: { code } });
      expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', result: { rows: 6 } });
    });
  }
});

describe('the other lists of Cisco AMP', () => {
  it.each([
    ['amp.groups.query', {}, 'guid'],
    ['amp.policies.query', { products: ['windows'] }, 'guid'],
    ['amp.indicators.query', {}, 'guid'],
    ['amp.vulnerabilities.query', {}, 'application'],
    ['amp.event-types', {}, 'id'],
    ['amp.file-list.query', { kind: 'simple-custom-detections' }, 'guid'],
    ['amp.file-list.query', { kind: 'application-blocking' }, 'guid'],
  ])('%s %j gives rows', async (type, params, field) => {
    const business = await startBusiness();
    const harness = business.harness();
    const job = await harness.run(type, params);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
    const rows = (await harness.result(job)) as Record<string, Json>[];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row[field]).toBeDefined();
  });

  it('gives the files of a list', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [list] = business.console().state.fileLists.values();
    const hashes = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    for (const sha256 of hashes) list?.items.set(sha256, 'bad');
    const job = await harness.run('amp.file-list.query', {
      list: list?.guid ?? '',
      fields: ['sha256'],
    });
    expect(await harness.result(job)).toEqual(
      [...(list?.items.keys() ?? [])].map((sha256) => ({ sha256 })),
    );
  });

  it('gives the computers that a user was on, and those of an address', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [computer] = business.computers();
    const byUser = await harness.run('amp.activity.query', { user: computer?.users[0] ?? '' });
    expect(guidsOf(await harness.result(byUser))).toEqual([computer?.guid]);
    const byAddress = await harness.run('amp.activity.query', {
      indicator: computer?.internalIps[0]?.trim() ?? '',
    });
    expect(guidsOf(await harness.result(byAddress))).toContain(computer?.guid);
  });

  it('says that a trajectory of as many events as AMP shows may be cut off', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const computer = business.computers()[0]?.guid ?? '';
    const few = await harness.run('amp.trajectory', { computer });
    expect(few.warnings).toBeUndefined();
    for (let at = 0; at < 500; at += 1) business.console().detect({ computer });
    const many = await harness.run('amp.trajectory', { computer });
    expect(many.warnings).toEqual(['AMP shows 500 events at most: older ones may be missing']);
  });

  it('gives the trajectory of a computer, and says where there is no such computer', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const [computer] = business.computers();
    const detected = business.console().detect({ computer: computer?.guid });
    const job = await harness.run('amp.trajectory', { computer: computer?.guid ?? '' });
    expect(job).toMatchObject({ status: 'succeeded' });
    const rows = (await harness.result(job)) as { timestamp: number }[];
    expect(rows.map(({ timestamp }) => timestamp)).toContain(detected.timestamp);
    const gone = { computer: '00000000-0000-4000-8000-000000000000', user: 'user0' };
    expect(await harness.run('amp.trajectory', gone)).toMatchObject({
      status: 'failed',
      error: { code: 'provider.not-found' },
    });
  });
});
