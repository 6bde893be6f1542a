import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../bench/compare/columns.ts';
import type { Figures } from '../../../bench/compare/figures.ts';

const figures = (row: string, more: Partial<Figures>): Figures => ({
  row,
  scenario: 'steady',
  windowMs: 2_000,
  limit: 5,
  jobs: 40,
  served: 40,
  fullest: 5,
  violating: 0,
  throttled: 0,
  lost: 0,
  open: 0,
  duplicates: 0,
  kills: 0,
  course: [],
  ...more,
});

/** Of each row, its cell under `head`. */
function cellsUnder(head: string, ...all: readonly Figures[]): readonly (string | undefined)[] {
  const [heads = [], ...rows] = tableOf(all);
  const index = heads.indexOf(head);
  return rows.map((row) => row[index]);
}

describe('the table of a scenario', () => {
  const own = figures('sluice-stack', { storeWritesPerCall: 5, billedMsPerJob: 100 });

  it("says how many times Sluice's a figure is", () => {
    const other = figures('deferral-5', { billedMsPerJob: 250 });
    expect(cellsUnder('billed ms a job', own, other)).toEqual(['100', '250 (2.5×)']);
  });

  it('does not hold the commands of a Redis against the writes of a table', () => {
    const other = figures('bullmq', { redisCommandsPerCall: 45.2 });
    expect(cellsUnder('store writes a call', own, other)).toEqual(['5.00', '–']);
    expect(cellsUnder('Redis commands a call', own, other)).toEqual(['–', '45.20']);
  });

  it('gives no ratio of the wait of a single urgent job', () => {
    const other = figures('bullmq', { urgentWaitMs: 1_100 });
    const first = figures('sluice-stack', { urgentWaitMs: 200 });
    expect(cellsUnder('urgent waits', first, other)).toEqual(['0.2 s', '1.1 s']);
  });

  it('says how many kills a row met in the scenario of kills, and in no other', () => {
    const killed = figures('sluice', { scenario: 'kill', kills: 15 });
    const unhurt = figures('deferral-5', { scenario: 'kill', kills: 0 });
    expect(cellsUnder('kills', killed, unhurt)).toEqual(['15', '0']);
    expect(cellsUnder('kills', own)).toEqual([undefined]);
  });

  it('leaves a column out that says nothing of any row', () => {
    expect(cellsUnder('Jain', own)).toEqual([undefined]);
  });
});
