import { describe, expect, it } from 'vitest';
import { fromBudgetItem, toInnerText } from '../../../shared/aws/budget-item.ts';
import type { Item } from '../../../shared/aws/dynamo-table.ts';
import { fromJobItem, toJobItem } from '../../../shared/aws/job-item.ts';
import { SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';
import items from './fixtures/items-0.1.json' with { type: 'json' };

/** As version 0.1 wrote them. Never edit the file: a format that changes gets a file of its own. */
const written: { readonly job: Item; readonly budget: Item } = items;

describe('what version 0.1 wrote', () => {
  it('is read as the job that it was', () => {
    expect(fromJobItem(written.job)).toMatchObject({
      ...sampleJob(),
      status: 'running',
      version: 7,
      attempts: 2,
      failures: 1,
      waitedMs: 61_000,
      lease: { owner: 'worker_1', untilMs: SAMPLE_AT_MS + 31_000 },
      inFlight: { key: 'batch-1', operation: 'servers.batch', repeat: 'idempotent' },
      checkpointJson: '{"next":500}',
      progress: { done: 500, total: 1200, unit: 'devices' },
      warnings: ['one device is unknown'],
      timeline: expect.arrayContaining([
        expect.objectContaining({ event: 'waiting', for: 'permit' }),
        expect.objectContaining({ event: 'call', status: 200 }),
      ]),
    });
  });

  it('is written again as it was', () => {
    expect(toJobItem(fromJobItem(written.job))).toEqual(written.job);
    const budget = JSON.parse(toInnerText(fromBudgetItem(written.budget)));
    expect(budget).toMatchObject(JSON.parse(written.budget['state']?.S ?? ''));
  });

  it('is read as the budget that it was: every hold, permit and appointment', () => {
    expect(fromBudgetItem(written.budget)).toEqual({
      version: 9,
      holds: [{ freeAtMs: SAMPLE_AT_MS + 60_500, count: 3 }],
      open: {
        permit_1: { freeAtMs: SAMPLE_AT_MS + 75_000, likelyFreeAtMs: SAMPLE_AT_MS + 61_000 },
      },
      appointments: {
        'acme/servers.batch/default/normal/0': {
          atMs: SAMPLE_AT_MS + 60_500,
          urgent: false,
          turn: 4,
          asked: 4,
        },
      },
      turn: 0,
      nextTurns: {},
      blockedUntilMs: SAMPLE_AT_MS + 2_000,
      learnedRequests: 4,
      throttledCount: 1,
    });
  });
});
