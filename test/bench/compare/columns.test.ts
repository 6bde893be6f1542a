import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../bench/compare/columns.ts';
import type { Figures } from '../../../bench/compare/figures.ts';
import { sampleFigures } from './sample-figures.ts';

/** Of each row, its cell under `head`. */
function cellsUnder(head: string, ...all: readonly Figures[]): readonly (string | undefined)[] {
  const [heads = [], ...rows] = tableOf(all);
  const index = heads.indexOf(head);
  return rows.map((row) => row[index]);
}

describe('the table of a scenario', () => {
  const own = sampleFigures('sluice-stack', { storeWritesPerCall: 5, billedMsPerJob: 100 });

  it("says how many times Sluice's a figure is", () => {
    const other = sampleFigures('deferral-5', { billedMsPerJob: 250 });
    expect(cellsUnder('billed ms a job', own, other)).toEqual(['100', '250 (2.5×)']);
  });

  it('does not hold the commands of a Redis against the writes of a table', () => {
    const other = sampleFigures('bullmq', { redisCommandsPerCall: 45.2 });
    expect(cellsUnder('store writes a call', own, other)).toEqual(['5.00', '–']);
    expect(cellsUnder('Redis commands a call', own, other)).toEqual(['–', '45.20']);
  });

  it('gives no ratio of the wait of a single urgent job', () => {
    const other = sampleFigures('bullmq', { urgentWaitMs: 1_100 });
    const first = sampleFigures('sluice-stack', { urgentWaitMs: 200 });
    expect(cellsUnder('urgent waits', first, other)).toEqual(['0.2 s', '1.1 s']);
  });

  it('says how many kills a row met in the scenario of kills, and in no other', () => {
    const killed = sampleFigures('sluice', { scenario: 'kill', kills: 15 });
    const unhurt = sampleFigures('deferral-5', { scenario: 'kill', kills: 0 });
    expect(cellsUnder('kills', killed, unhurt)).toEqual(['15', '0']);
    expect(cellsUnder('kills', own)).toEqual([undefined]);
  });

  it('leaves a column out that says nothing of any row', () => {
    expect(cellsUnder('Jain', own)).toEqual([undefined]);
  });
});
