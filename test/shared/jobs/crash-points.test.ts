import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../../shared/jobs/control-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { hours, minutes } from '../../../shared/kernel/duration.ts';
import { createLife } from '../../support/mortal.ts';
import {
  type CrashBench,
  createCrashBench,
  forEveryDeath,
  message,
  survive,
} from './crash-bench.ts';
import { narrow } from './scripted-vendor.ts';
import { callOf, done, type Execute } from './step-type.ts';

const http = { way: 'http' } as const;

const writeOnce: Execute = async ({ call, checkpoint, checkpointAt, putPart, putNote }) => {
  await call(callOf('read', 'before'));
  await putNote('target', 1);
  if (checkpoint === undefined) {
    await call(callOf('run'));
    checkpointAt('ran', { done: 1, total: 1, unit: 'runs' });
  }
  await putPart(0, [1]);
  await call(callOf('read', 'after'));
  return done({ parts: 1 });
};

const tagChunks: Execute = async ({ call, checkpoint, checkpointAt }) => {
  for (let chunk = Number(checkpoint ?? 0); chunk < 7; chunk += 1) {
    await call(callOf('tag', `chunk ${chunk}`));
    checkpointAt(chunk + 1, { done: chunk + 1, total: 7, unit: 'chunks' });
  }
  return done({ data: 'all' });
};

const createAfterLook: Execute = async ({ call }) => {
  const look = async (): Promise<boolean> => {
    const { body } = await call(callOf('read', 'look'));
    return Array.isArray(body) && body.includes('create create');
  };
  if (await look()) return done({ summary: 'was there' });
  await call(callOf('create'), look);
  return done();
};

async function accepted(execute: Execute): Promise<CrashBench> {
  const bench = createCrashBench(execute);
  await submitJob(bench.depsOf(), message, http);
  return bench;
}

/** Whatever died: the outcome is in the row and announced, and no window held too much. */
function expectWhole(bench: CrashBench, job: Job): void {
  expect(bench.announcer.announced.length).toBeGreaterThan(0);
  expect(bench.announcer.announced.filter(({ status }) => status !== job.status)).toEqual([]);
  expect(job).not.toHaveProperty('lease');
  const instants = bench.requests.map(({ atMs }) => atMs);
  const crowded = instants.filter((atMs, index) => {
    const first = instants[index - narrow.requests];
    return first !== undefined && atMs - first <= narrow.windowMs;
  });
  expect(crowded).toEqual([]);
}

describe('S16 a worker that dies at any step', () => {
  it('sends a write that must not be repeated once, or says that it is uncertain', async () => {
    const endings: string[] = [];
    const steps = await forEveryDeath(async (life) => {
      const bench = await accepted(writeOnce);
      const job = await bench.deliverUntilDone(life);
      expectWhole(bench, job);
      expect(bench.writes().length).toBeLessThanOrEqual(1);
      if (job.status === 'succeeded') expect(bench.writes()).toEqual(['run run']);
      endings.push(job.status);
    });
    expect(steps).toBeGreaterThan(20);
    expect(new Set(endings)).toEqual(new Set(['succeeded', 'uncertain']));
  });

  it('and whose successor dies at any step as well, still does not', async () => {
    await forEveryDeath(async (first, steps) => {
      await (await accepted(writeOnce)).deliverUntilDone(first);
      await forEveryDeath(async (second) => {
        const bench = await accepted(writeOnce);
        const job = await bench.deliverUntilDone(createLife(steps), second);
        expectWhole(bench, job);
        expect(bench.writes().length).toBeLessThanOrEqual(1);
        expect(['succeeded', 'uncertain']).toContain(job.status);
      });
    });
  });

  it('repeats at most the one chunk that it was at, and misses none', async () => {
    const steps = await forEveryDeath(async (life) => {
      const bench = await accepted(tagChunks);
      const job = await bench.deliverUntilDone(life);
      expectWhole(bench, job);
      expect(job.status).toBe('succeeded');
      expect(bench.writes().length).toBeLessThanOrEqual(8);
      expect([...new Set(bench.writes())]).toEqual(
        Array.from({ length: 7 }, (_, chunk) => `tag chunk ${chunk}`),
      );
    });
    expect(steps).toBeGreaterThan(20);
  });

  it('makes what can be looked for exactly once', async () => {
    await forEveryDeath(async (life) => {
      const bench = await accepted(createAfterLook);
      const job = await bench.deliverUntilDone(life);
      expectWhole(bench, job);
      expect(job.status).toBe('succeeded');
      expect(bench.writes()).toEqual(['create create']);
    });
  });
});

describe('an entrance that dies at any step', () => {
  it('leaves one job or none, and one once its message is sent again', async () => {
    const steps = await forEveryDeath(async (life) => {
      const bench = createCrashBench();
      const first = await survive(() => submitJob(bench.depsOf(life), message, http));
      const again = await submitJob(bench.depsOf(), message, http);
      expect(again.job.id).toBe(first?.job.id ?? again.job.id);
      const job = await bench.deliverUntilDone();
      expect(job.status).toBe('succeeded');
      expect(bench.queue.sent.length).toBeGreaterThan(0);
    });
    expect(steps).toBe(3);
  });

  it('has sent the message of every row it recorded', async () => {
    let recorded = 0;
    await forEveryDeath(async (life) => {
      const bench = createCrashBench();
      await survive(() => submitJob(bench.depsOf(life), message, http));
      if (!(await bench.findAny())) return;
      recorded += 1;
      expect(bench.queue.sent).toHaveLength(1);
      expect((await bench.deliverUntilDone()).status).toBe('succeeded');
    });
    expect(recorded).toBe(2);
  });

  it('loses no recorded job whose message was not taken: the reconciler sends it', async () => {
    const bench = createCrashBench();
    bench.queue.refuse(1);
    await submitJob(bench.depsOf(), message, http);
    bench.clock.leapTo(bench.clock.nowMs() + minutes(1));
    expect(await reconcileJobs(bench.depsOf())).toMatchObject({ sent: 1, failures: [] });
    expect((await bench.deliverUntilDone()).status).toBe('succeeded');
  });
});

describe('a reconciler that dies at any step', () => {
  it('still starts what is due', async () => {
    await forEveryDeath(async (life) => {
      const bench = createCrashBench();
      const notBefore = isoInstant(bench.clock.nowMs() + hours(1));
      await submitJob(bench.depsOf(), { ...message, notBefore }, http);
      bench.clock.leapTo(Date.parse(notBefore));
      await survive(() => reconcileJobs(bench.depsOf(life)));
      bench.clock.leapTo(bench.clock.nowMs() + minutes(1));
      await reconcileJobs(bench.depsOf());
      expect(bench.queue.sent.length).toBeGreaterThan(0);
      expect((await bench.deliverUntilDone()).status).toBe('succeeded');
    });
  });

  it('still tells of what expired', async () => {
    await forEveryDeath(async (life) => {
      const bench = await accepted(writeOnce);
      bench.clock.leapTo((await bench.find()).deadlineMs);
      await survive(() => reconcileJobs(bench.depsOf(life)));
      bench.clock.leapTo(bench.clock.nowMs() + minutes(2));
      await reconcileJobs(bench.depsOf());
      expectWhole(bench, await bench.find());
      expect((await bench.find()).status).toBe('expired');
    });
  });
});

describe('a cancel that dies at any step', () => {
  it('is announced by the reconciler, or has not happened', async () => {
    const endings = new Set<string>();
    await forEveryDeath(async (life) => {
      const bench = createCrashBench();
      const { job } = await submitJob(bench.depsOf(), message, http);
      await survive(() => cancelJob(bench.depsOf(life), job.id));
      bench.clock.leapTo(bench.clock.nowMs() + minutes(2));
      await reconcileJobs(bench.depsOf());
      const ended = await bench.deliverUntilDone();
      expectWhole(bench, ended);
      endings.add(ended.status);
    });
    expect(endings).toEqual(new Set(['succeeded', 'cancelled']));
  });
});
