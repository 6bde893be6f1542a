import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs/job.ts';
import type { JobStore } from '../../shared/jobs/job-store.ts';
import { nextVersion, SAMPLE_AT_MS, sampleJob } from '../support/sample-job.ts';

/** What every JobStore does, whatever it is made of. `openStore` gives an empty one. */
export function describeJobStore(name: string, openStore: () => Promise<JobStore>): void {
  describeRows(name, openStore);
  describeCreate(name, openStore);
  describeReplace(name, openStore);
  describeListDue(name, openStore);
}

function describeRows(name: string, openStore: () => Promise<JobStore>): void {
  describe(`${name}: rows`, () => {
    it('gives back every field of a row exactly as it was created', async () => {
      const store = await openStore();
      expect(await store.create(fullJob)).toEqual({ created: true });
      expect(await store.find(fullJob.id)).toEqual(fullJob);
    });

    it('gives back a rejected row, whose group is empty and whose provider is absent', async () => {
      const store = await openStore();
      const { provider: _absent, ...job } = sampleJob({ group: '', status: 'rejected' });
      await store.create(job);
      expect(await store.find(job.id)).toEqual(job);
    });

    it('finds nothing under an id that has no row', async () => {
      expect(await (await openStore()).find('job_none')).toBeUndefined();
    });

    it('is not changed by later changes of what it was given or of what it gave', async () => {
      const store = await openStore();
      const timeline = [...sampleJob().timeline];
      await store.create(sampleJob({ timeline }));
      timeline.pop();
      expect((await store.find(sampleJob().id))?.timeline).toHaveLength(1);
      Object.assign((await store.find(sampleJob().id)) ?? {}, { status: 'failed' });
      expect((await store.find(sampleJob().id))?.status).toBe('received');
    });
  });
}

function describeCreate(name: string, openStore: () => Promise<JobStore>): void {
  describe(`${name}: create`, () => {
    it('answers the present row where the id is taken', async () => {
      const store = await openStore();
      await store.create(sampleJob({ bodyHash: 'first' }));
      const second = await store.create(sampleJob({ bodyHash: 'second', writeId: 'w_other' }));
      expect(second).toEqual({ created: false, existing: sampleJob({ bodyHash: 'first' }) });
    });

    it('counts a repeat of its own write, whose answer was lost, as created', async () => {
      const store = await openStore();
      await store.create(sampleJob());
      expect(await store.create(sampleJob())).toEqual({ created: true });
    });

    it('lets exactly one of fifty at once create a row', async () => {
      const store = await openStore();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => store.create(sampleJob({ writeId: `w_${n}` }))),
      );
      const stored = await store.find(sampleJob().id);
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(stored?.writeId).toBe(`w_${answers.findIndex(({ created }) => created)}`);
    });
  });
}

function describeReplace(name: string, openStore: () => Promise<JobStore>): void {
  describe(`${name}: replace`, () => {
    it('stores the row that follows the present version', async () => {
      const store = await openStore();
      await store.create(sampleJob());
      const next = nextVersion(sampleJob(), { status: 'queued' });
      expect(await store.replace(next, 1)).toEqual({ stored: true });
      expect(await store.find(next.id)).toEqual(next);
    });

    it('drops the fields that the new row no longer has', async () => {
      const store = await openStore();
      await store.create(sampleJob({ attentionAtMs: SAMPLE_AT_MS, summary: 'so far' }));
      await store.replace(nextVersion(sampleJob()), 1);
      expect(await store.find(sampleJob().id)).toEqual(nextVersion(sampleJob()));
      expect(await store.listDue(SAMPLE_AT_MS, 10)).toEqual([]);
    });

    it('answers the present row where the version has moved on', async () => {
      const store = await openStore();
      await store.create(sampleJob());
      const others = nextVersion(sampleJob(), { writeId: 'w_others' });
      await store.replace(others, 1);
      expect(await store.replace(nextVersion(sampleJob()), 1)).toEqual({
        stored: false,
        current: others,
      });
    });

    it('counts a repeat of its own write, whose answer was lost, as stored', async () => {
      const store = await openStore();
      await store.create(sampleJob());
      await store.replace(nextVersion(sampleJob()), 1);
      expect(await store.replace(nextVersion(sampleJob()), 1)).toEqual({ stored: true });
    });

    it('answers that there is no row where there is none', async () => {
      const answer = await (await openStore()).replace(nextVersion(sampleJob()), 1);
      expect(answer).toEqual({ stored: false, current: undefined });
    });

    it('lets exactly one of fifty at once replace a version', async () => {
      const store = await openStore();
      await store.create(sampleJob());
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          store.replace(nextVersion(sampleJob(), { writeId: `w_${n}` }), 1),
        ),
      );
      expect(answers.filter(({ stored }) => stored)).toHaveLength(1);
      expect((await store.find(sampleJob().id))?.version).toBe(2);
    });
  });
}

function describeListDue(name: string, openStore: () => Promise<JobStore>): void {
  describe(`${name}: listDue`, () => {
    it('names the jobs whose instant has come, oldest first, up to the limit', async () => {
      const store = await openStore();
      for (const [id, attentionAtMs] of Object.entries({ late: 30, soon: 10, now: 20, never: 0 })) {
        await store.create(sampleJob({ id, ...(attentionAtMs > 0 && { attentionAtMs }) }));
      }
      expect(await store.listDue(20, 10)).toEqual(['soon', 'now']);
      expect(await store.listDue(30, 2)).toEqual(['soon', 'now']);
      expect(await store.listDue(9, 10)).toEqual([]);
    });
  });
}

const at = SAMPLE_AT_MS;

/** A row with every field, and numbers and texts that a careless codec would spoil. */
const fullJob: Required<Job> = {
  ...sampleJob({ id: 'job_full' }),
  provider: 'automox',
  origin: { way: 'webhook', detail: 'grüße "☃" \u{1F600}\n' },
  paramsJson: '{"id":9007199254740993}',
  paramsBytes: 22,
  idempotencyKey: 'key',
  taskToken: 'token',
  correlationId: 'corr',
  notBeforeMs: at + 0.5,
  finishedAtMs: at + 9,
  finishedBy: 'worker',
  waitedMs: 0.1 + 0.2,
  waiting: { for: 'permit', budget: 'automox/acme/x', untilMs: at + 1, sinceMs: at },
  lease: { owner: 'o', untilMs: at + 2 },
  inFlight: { key: 'k', operation: 'op', repeat: 'once', sentAtMs: at + 3 },
  checkpointJson: '{"cursor":null}',
  keptReads: { id: 'r_1', attempts: 3 },
  progress: { done: 1, total: 2, unit: 'devices' },
  cancelRequested: false,
  error: {
    code: 'provider.rejected',
    message: '',
    fields: [{ field: 'params.devices[0]', problem: 'is odd' }],
    vendorStatus: 400,
  },
  summary: '',
  result: { kind: 'object', key: 'results/x', rows: 0, bytes: 20 },
  warnings: ['', 'careful'],
  timeline: [
    { at, event: 'received', way: 'webhook' },
    { at, event: 'call', operation: 'op', key: 'k', status: 200, elapsedMs: 1.5, requestId: 'r' },
  ],
  attentionAtMs: at + 4,
};
