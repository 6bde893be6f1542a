import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';
import { agentIds, agents, wake } from './patch-agents.ts';

const SCAN = 'opsramp.patches.scan';
const INSTALL = 'opsramp.patches.install';

describe('opsramp.patches.scan', () => {
  const complianceId = 'PATCHCOMP-1';

  it('runs the scan once and follows it by later deliveries to its end', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    wake(pod);
    const resources = agentIds(pod);
    const { id } = await harness.submit(SCAN, { complianceId, resources });
    expect(await harness.deliver(id)).toMatchObject({ waiting: { for: 'follow-up' } });
    const job = await harness.finish(id);
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    expect(job.summary).toBe(`started scan PATCHCOMP-1: over on ${resources.length} resources`);
    const rows = await harness.result(job);
    expect(rows).toHaveLength(resources.length);
    expect(rows).toContainEqual(
      expect.objectContaining({ resource: resources[0], lastPatchScanStatus: 'success' }),
    );
    expect(pod.requests('POST')).toEqual(['POST /patches/compliance/PATCHCOMP-1/run']);
  });

  it('is partial where a scan fails, or is not heard of in time', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    wake(pod);
    const [first = ''] = agentIds(pod);
    for (const resource of agents(pod)) if (resource.id === first) resource.state = 'inactive';
    const params = { complianceId, resources: [first, 'absent'], followMinutes: 5 };
    const job = await harness.run(SCAN, params);
    expect(job.status).toBe('partial');
    expect(job.summary).toBe(
      'started scan PATCHCOMP-1: over on 0 resources, failed on 1, not heard of within 5 minutes on 1',
    );
    expect(await harness.result(job)).toMatchObject([{ resource: first }]);
  });

  it('does not wait for what it need not follow', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(SCAN, { complianceId });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'started scan PATCHCOMP-1; it was not followed',
    });
    expect(pod.requests()).toHaveLength(1);
  });

  it.each([
    ['the answer is lost', { kind: 'cut' }],
    ['OpsRamp is unwell', { kind: 'status', status: 503 }],
  ] as const)('is uncertain where %s, and never sent again', async (_what, fault) => {
    const pod = await startPod();
    pod.simulator.faults.add({ method: 'POST', path: `${BELOW}/patches/compliance/*/run`, fault });
    const job = await pod.harness().run(SCAN, { complianceId });
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
    expect(pod.requests('POST')).toHaveLength(1);
  });

  it('is tried again where OpsRamp says that it did nothing', async () => {
    const pod = await startPod();
    const fault = {
      kind: 'raw',
      status: 500,
      body: '{"code":"0005","message":"not ready"}',
    } as const;
    pod.simulator.faults.add({ method: 'POST', path: `${BELOW}/patches/compliance/*/run`, fault });
    const job = await pod.harness().run(SCAN, { complianceId });
    expect(job.status).toBe('succeeded');
    expect(pod.requests('POST')).toHaveLength(2);
  });

  it('is sent once at most, whenever its worker is killed', async () => {
    const pod = await startPod({ fleet: { resources: 3 } });
    const request = {
      type: SCAN,
      params: { complianceId, resources: agentIds(pod) },
      prepare: () => wake(pod),
    };
    const ends = new Set<string>();
    await killEverywhere(pod, request, ({ job }) => {
      ends.add(job.status);
      expect(pod.requests('POST').length).toBeLessThanOrEqual(1);
    });
    expect([...ends].sort()).toEqual(['succeeded', 'uncertain']);
  });

  it('S20 sends nothing when it observes', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(SCAN, { complianceId }, { mode: 'observe' });
    expect(job.summary).toBe('would start scan PATCHCOMP-1');
    expect(pod.requests()).toEqual([]);
  });
});

describe('opsramp.patches.install', () => {
  const params = (resources: readonly string[]) => ({
    configurationId: 'PATCHCONF-7',
    reason: 'March window',
    resources,
    followMinutes: 10,
  });

  /** Everything that is missing is approved, and a configuration that installs it is there. */
  function prepare(pod: Pod): string[] {
    wake(pod);
    const ids = agentIds(pod);
    for (const row of [...pod.tenant().patches.values()].flat()) row.approvalStatus = 'APPROVED';
    const entities = ids.map((id) => ({ resource: { id, type: 'DEVICE' } }));
    const configuration = { id: 'PATCHCONF-7', scheduleJob: { entities } };
    pod.tenant().shelves.patchConfigurations.set('PATCHCONF-7', configuration);
    return ids;
  }

  it('installs, and follows until nothing is waiting or under way', async () => {
    const pod = await startPod({ settings: { patchFailureShare: 0 } });
    const harness = pod.harness();
    const ids = prepare(pod);
    const job = await harness.run(INSTALL, params(ids));
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(await harness.result(job)).toHaveLength(ids.length);
    const rows = [...pod.tenant().patches.values()].flat();
    expect(rows.every(({ patchStatus }) => patchStatus === 'INSTALLED')).toBe(true);
    expect(pod.requests('POST')).toEqual(['POST /patches/configurations/PATCHCONF-7/run']);
  });

  it('names the patches that failed, and is partial', async () => {
    const pod = await startPod({ settings: { patchFailureShare: 1 } });
    const harness = pod.harness();
    const ids = prepare(pod);
    const job = await harness.run(INSTALL, params(ids));
    expect(job.status).toBe('partial');
    expect(await harness.result(job)).toContainEqual(
      expect.objectContaining({
        failed: expect.arrayContaining([expect.objectContaining({ result: '0x80070643' })]),
      }),
    );
  });

  it('does not take a patch for installed whose agent says otherwise', async () => {
    const pod = await startPod({ settings: { patchFailureShare: 1 } }, 'process');
    const harness = pod.harness();
    const ids = prepare(pod);
    pod.tamper((text) => text.replaceAll('"FAILED"', '"COMPLETED"'));
    expect((await harness.run(INSTALL, params(ids))).status).toBe('partial');
  });

  it('waits for what is under way, however OpsRamp spells it', async () => {
    const settings = { patchFailureShare: 0, patchStepMs: minutes(2) };
    const pod = await startPod({ settings }, 'process');
    const harness = pod.harness();
    pod.tamper((text) =>
      text.replaceAll('"INPROGRESS"', '"In Progress"').replaceAll('"APPROVED"', '"Approved"'),
    );
    const job = await harness.run(INSTALL, params(prepare(pod)));
    expect(job.status).toBe('succeeded');
    expect((job.finishedAtMs ?? 0) - job.createdAtMs).toBeGreaterThanOrEqual(minutes(4));
  });

  it('ends on more resources than a minute of its budget lets it ask about', async () => {
    const pod = await startPod(
      { fleet: { resources: 130 }, settings: { patchFailureShare: 0 } },
      'process',
    );
    const harness = pod.harness();
    const ids = prepare(pod).slice(0, 100);
    expect(ids.length).toBeGreaterThan(60);
    const job = await harness.run(INSTALL, { ...params(ids), followMinutes: 30 });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(await harness.result(job)).toHaveLength(ids.length);
    expect((job.finishedAtMs ?? 0) - job.createdAtMs).toBeLessThan(minutes(10));
    expect(Object.keys(pod.simulator.audit().statuses)).toEqual(['200']);
  });

  it('comes back as long as a patch is under way', async () => {
    const pod = await startPod({ settings: { patchFailureShare: 0, patchStepMs: minutes(2) } });
    const harness = pod.harness();
    const job = await harness.run(INSTALL, params(prepare(pod)));
    expect(job.status).toBe('succeeded');
    expect((job.finishedAtMs ?? 0) - job.createdAtMs).toBeGreaterThanOrEqual(minutes(4));
    expect(pod.requests('POST')).toHaveLength(1);
  });
});
