import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const RUN = 'opsramp.script.run';
const START = 'opsramp.process.start';

/** A job that runs a script on the first resources, all of which answer. */
function addJob(pod: Pod, script: object = { customScript: { id: 'SCRIPT-1' } }): string[] {
  const resources = [...pod.tenant().resources.values()].slice(0, 3);
  for (const resource of resources) resource.state = 'active';
  const entities = resources.map(({ id }) => ({ resource: { id, type: 'DEVICE' } }));
  const job = {
    id: 'job-1',
    name: 'Disk usage',
    entities,
    script: { jobType: 'customScript', ...script },
  };
  pod.tenant().jobs.set('job-1', job);
  return resources.map(({ id }) => id);
}

const params = { jobId: 'job-1', reason: 'Ticket INC1', followMinutes: 10 };

describe('opsramp.script.run', () => {
  it('runs the job with its reason and gathers what the script prints', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const resources = addJob(pod);
    const job = await harness.run(RUN, params);
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    expect(job.summary).toBe('started job job-1: over on 3 resources');
    const rows = await harness.result(job);
    expect(rows).toMatchObject(
      resources.map((resource) => ({ resource, output: expect.stringContaining('done') })),
    );
    const runs = pod.requests().filter((request) => request.endsWith('/run'));
    expect(runs).toEqual(['GET /jobs/job-1/run']);
    expect(pod.requests().filter((it) => it === 'GET /jobs/job-1')).toHaveLength(1);
    expect(pod.tenant().jobRuns).toHaveLength(1);
  });

  it('takes no output of an earlier run for that of this one', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    addJob(pod);
    await harness.run(RUN, params);
    harness.clock.leapTo(harness.clock.nowMs() + 60_000);
    const { id } = await harness.submit(RUN, params);
    await harness.deliver(id);
    const job = await harness.finish(id);
    expect(job.status).toBe('succeeded');
    expect(pod.tenant().jobOutputs).toHaveLength(6);
  });

  it('finds what was printed while the answer to the start was on its way', async () => {
    const pod = await startPod({ settings: { jobStepMs: 1_000 } }, 'process');
    const harness = pod.harness();
    addJob(pod);
    const fault = { kind: 'slow', delayMs: 12_000 } as const;
    pod.simulator.faults.add({ path: `${BELOW}/jobs/*/run`, fault });
    const job = await harness.run(RUN, params);
    expect(job.summary).toBe('started job job-1: over on 3 resources');
  });

  /** What the script printed in earlier runs: six pages. */
  function addOutputs(pod: Pod): void {
    const old = { scriptId: 'SCRIPT-1', output: 'old', device: { id: 'other', hostName: 'other' } };
    const task = { jobId: 'job-1', name: 'Disk usage' };
    for (let id = 1; id <= 3_000; id += 1) {
      const responseDate = '2026-01-05T08:00:00+0000';
      pod.tenant().jobOutputs.push({ ...old, id: String(id), responseDate, task });
    }
  }

  const outputPages = (pod: Pod): number =>
    pod.requests().filter((it) => it.endsWith('/paginatedOutputs')).length;

  it('reads no further than to what is older than the run', async () => {
    const pod = await startPod({}, 'process');
    addJob(pod);
    addOutputs(pod);
    const job = await pod.harness().run(RUN, params);
    expect(job.summary).toBe('started job job-1: over on 3 resources');
    expect(outputPages(pod)).toBe(1);
  });

  it('reads all where the dates do not show the order', async () => {
    const pod = await startPod({}, 'process');
    addJob(pod);
    addOutputs(pod);
    pod.tamper((text) => text.replaceAll('2026-01-05T08:00:00+0000', ''));
    const job = await pod.harness().run(RUN, params);
    expect(job.summary).toBe('started job job-1: over on 3 resources');
    expect(outputPages(pod)).toBe(7);
  });

  it('is partial where a resource prints nothing in time', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [first = ''] = addJob(pod);
    const resource = pod.tenant().resources.get(first);
    if (resource) resource.state = 'inactive';
    const job = await harness.run(RUN, params);
    expect(job.status).toBe('partial');
    expect(job.summary).toBe(
      'started job job-1: over on 2 resources, not heard of within 10 minutes on 1',
    );
  });

  it('looks again in a retry, for as long, and starts nothing', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [first = ''] = addJob(pod);
    const resource = pod.tenant().resources.get(first);
    if (resource) resource.state = 'inactive';
    const job = await harness.run(RUN, params);
    const fromMs = harness.clock.nowMs();
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({ status: 'partial', summary: job.summary });
    expect(await harness.result(again)).toHaveLength(2);
    expect(harness.clock.nowMs() - fromMs).toBeGreaterThanOrEqual(minutes(10));
    expect(pod.tenant().jobRuns).toHaveLength(1);
  });

  it('starts a job without a script of its own, and says that it is not followed', async () => {
    const pod = await startPod();
    addJob(pod, {});
    const job = await pod.harness().run(RUN, params);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.warnings).toEqual([
      '0 of its 3 resources are followed: it runs no script of its own',
    ]);
  });

  it.each([
    ['the answer is lost', { kind: 'cut' }],
    ['OpsRamp is unwell', { kind: 'status', status: 502, acted: true }],
  ] as const)('is uncertain where %s, though it is a GET', async (_what, fault) => {
    const pod = await startPod();
    addJob(pod);
    pod.simulator.faults.add({ path: `${BELOW}/jobs/*/run`, fault });
    const job = await pod.harness().run(RUN, params);
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
    expect(pod.tenant().jobRuns).toHaveLength(1);
  });

  it('fails where there is no such job, and runs nothing', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(RUN, params);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(pod.requests()).toEqual(['GET /jobs/job-1']);
  });

  it('runs it once at most, whenever its worker is killed', async () => {
    const pod = await startPod();
    const ends = new Set<string>();
    const request = { type: RUN, params, prepare: () => void addJob(pod) };
    await killEverywhere(pod, request, ({ job }) => {
      ends.add(job.status);
      expect(pod.tenant().jobRuns.length).toBeLessThanOrEqual(1);
    });
    expect([...ends].sort()).toEqual(['succeeded', 'uncertain']);
  });

  it('S20 only reads when it observes, though the run is a GET as well', async () => {
    const pod = await startPod();
    addJob(pod);
    const job = await pod.harness().run(RUN, params, { mode: 'observe' });
    expect(job.summary).toBe('would start job job-1');
    expect(pod.requests()).toEqual(['GET /jobs/job-1']);
    expect(job.timeline).toContainEqual(
      expect.objectContaining({ event: 'would-call', operation: 'jobs.run' }),
    );
  });
});

describe('opsramp.process.start', () => {
  const start = { processId: 'PROC-1', startEvent: 'StartEvent_1', alert: '959', followMinutes: 5 };

  it.each(['empty', 'instance'] as const)(
    'follows the instance to its end where the start answers %s',
    async (processStartAnswer) => {
      const pod = await startPod({ settings: { processStartAnswer } });
      const harness = pod.harness();
      const job = await harness.run(START, start);
      expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
      const [instance] = [...pod.tenant().processInstances.values()];
      expect(instance?.variables).toEqual({ StartEvent_1: { alert: '959' } });
      expect(await harness.result(job)).toEqual([
        { instance: instance?.id, state: 'COMPLETED', errors: [] },
      ]);
      expect(pod.requests('POST')).toHaveLength(1);
    },
  );

  it('follows its own instance and not another that began then', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const other = await harness.submit(START, { ...start, alert: '1' });
    const { id } = await harness.submit(START, start);
    await harness.deliver(other.id);
    await harness.deliver(id);
    const own = [...pod.tenant().processInstances.values()].find(
      ({ variables }) => JSON.stringify(variables) === '{"StartEvent_1":{"alert":"959"}}',
    );
    expect(await harness.result(await harness.finish(id))).toMatchObject([{ instance: own?.id }]);
  });

  it('is partial where the instance waits for somebody', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(START, { ...start, processId: 'PROC-2' });
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toContain('not heard of within 5 minutes on 1');
  });

  it('fails where OpsRamp does not know the process', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(START, { ...start, processId: 'PROC-9' });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('is uncertain where the answer is lost', async () => {
    const pod = await startPod();
    const path = `${BELOW}/metadata/processes/start/*`;
    pod.simulator.faults.add({ method: 'POST', path, fault: { kind: 'cut' } });
    expect((await pod.harness().run(START, start)).status).toBe('uncertain');
    expect(pod.tenant().processInstances.size).toBe(1);
  });
});
