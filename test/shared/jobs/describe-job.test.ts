import { describe, expect, it } from 'vitest';
import { describeJob, describeSummary } from '../../../shared/jobs/describe-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { stringifyJson } from '../../../shared/kernel/json.ts';
import { SAMPLE_AT_MS as AT, sampleJob } from '../../support/sample-job.ts';

const iso = '2026-03-01T02:00:00.000Z';

const full: Job = {
  ...sampleJob({ status: 'waiting' }),
  idempotencyKey: 'key',
  taskToken: 'canary-token',
  correlationId: 'corr',
  paramsJson: '{"id":9007199254740993}',
  notBeforeMs: AT,
  deadlineMs: AT,
  finishedAtMs: AT,
  waiting: { for: 'permit', budget: 'automox/acme/x', untilMs: AT, sinceMs: AT - 5 },
  lease: { owner: 'canary-owner', untilMs: AT },
  inFlight: { key: 'k', operation: 'op', repeat: 'once', sentAtMs: AT },
  checkpointJson: '{"canary":"checkpoint"}',
  progress: { done: 1, total: 2, unit: 'devices' },
  cancelRequested: true,
  error: { code: 'provider.rejected', message: 'no' },
  summary: 'so far',
  result: { kind: 'object', key: 'results/canary-key', rows: 3, bytes: 90 },
  warnings: ['careful'],
  timeline: [
    { at: AT, event: 'received', way: 'http' },
    { at: AT, event: 'waiting', for: 'permit', untilMs: AT, sinceMs: AT },
    { at: AT, event: 'call', operation: 'op', key: 'k', status: 200, elapsedMs: 12 },
  ],
};

describe('describeJob', () => {
  it('shows a job with its instants as ISO 8601', () => {
    expect(describeJob(full)).toEqual({
      id: full.id,
      type: full.type,
      account: 'acme',
      status: 'waiting',
      tenant: 'default',
      priority: 'normal',
      mode: 'run',
      origin: { way: 'http' },
      run: 1,
      attempts: 0,
      waitedMs: 0,
      params: { id: 9007199254740993n },
      createdAt: iso,
      updatedAt: iso,
      deadline: iso,
      notBefore: iso,
      finishedAt: iso,
      idempotencyKey: 'key',
      correlationId: 'corr',
      cancelRequested: true,
      waiting: { for: 'permit', budget: 'automox/acme/x', until: iso },
      progress: { done: 1, total: 2, unit: 'devices' },
      error: { code: 'provider.rejected', message: 'no' },
      summary: 'so far',
      result: { kind: 'object', rows: 3, bytes: 90 },
      warnings: ['careful'],
      timeline: [
        { at: iso, event: 'received', way: 'http' },
        { at: iso, event: 'waiting', for: 'permit', until: iso },
        { at: iso, event: 'call', operation: 'op', key: 'k', status: 200, elapsedMs: 12 },
      ],
    });
  });

  it('shows neither task token nor lease, checkpoint or storage key', () => {
    expect(stringifyJson(describeJob(full))).not.toContain('canary');
  });

  it('leaves out what a job does not have', () => {
    expect(Object.values(describeJob(sampleJob())).filter((it) => it === undefined)).toEqual([]);
    expect(describeJob(sampleJob())).not.toHaveProperty('waiting');
  });

  it('says of a small result that it is there, not what it is', () => {
    const result = { kind: 'inline', json: '"canary"' } as const;
    expect(describeJob(sampleJob({ result })).result).toEqual({ kind: 'inline' });
  });
});

describe('describeSummary', () => {
  it('shows what lists show', () => {
    expect(describeSummary(full)).toEqual({
      id: full.id,
      type: full.type,
      account: 'acme',
      status: 'waiting',
      tenant: 'default',
      priority: 'normal',
      createdAt: iso,
      updatedAt: iso,
      attempts: 0,
      waiting: { for: 'permit', budget: 'automox/acme/x', until: iso },
      progress: { done: 1, total: 2, unit: 'devices' },
      error: { code: 'provider.rejected', message: 'no' },
    });
  });
});
