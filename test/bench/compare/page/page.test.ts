import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BenchRun } from '../../../../bench/compare/bench-run.ts';
import { filesOf, findFunctionFigures } from '../../../../bench/compare/page/write-page.ts';

const docs = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

describe('docs/benchmarks.md', () => {
  const run = JSON.parse(docs('benchmarks/run.json')) as BenchRun;

  it('is what the committed runs give, its plots too', async () => {
    const files = filesOf(run, await findFunctionFigures());
    for (const [name, content] of Object.entries(files)) expect(content).toBe(docs(name));
  });

  it('says what load there was when the rows in real time were over', () => {
    const machine = { ...run.machine, loadBefore: 1, loadAfterReal: 9.4, loadAfter: 2 };
    const page = filesOf({ ...run, machine })['benchmarks.md'];
    expect(page).toContain('load 1.0 before, 9.4 after real time and 2.0 after');
  });

  it('was written by a run in which Sluice kept every limit', () => {
    const own = [...run.virtual, ...run.real].filter(({ row }) => row.startsWith('sluice'));
    expect(own.filter(({ fullest, limit }) => fullest > limit)).toEqual([]);
    expect(new Set(own.map(({ row }) => row))).toEqual(new Set(['sluice', 'sluice-stack']));
  });
});
