import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countIdle, type Figures, idleStacks, rounded } from '../../../bench/cost/figures.ts';
import { getKind } from '../../../bench/cost/kinds.ts';
import { measure, measureTick } from '../../../bench/cost/measure.ts';
import { waysIn } from '../../../bench/cost/ways-in.ts';

const stored = new URL('../../../docs/cost/figures.json', import.meta.url);
const figures = JSON.parse(readFileSync(stored, 'utf8')) as Figures;

/** The others are made alike, and a stack takes its time to synthesize. */
const checkedStacks = idleStacks.filter(({ title }) => /config\.ts.*(dev|key)/.test(title));

describe('the figures of docs/cost.md (written by "npm run docs:cost")', () => {
  it.each(['batch', 'isolation'] as const)(
    'are what a run gives: a job alone, %s',
    async (name) => {
      expect(rounded(await measure(getKind(name), 'http', 'alone'))).toEqual(
        figures.kinds[name].alone,
      );
    },
  );

  it.each(waysIn)('are what a run gives: the way in by %s', async (way) => {
    const { way: billed } = await measure(getKind('batch'), way, 'alone');
    expect(rounded(billed)).toEqual(figures.ways[way]);
  });

  it('are what a round of the reconciler gives', async () => {
    expect(rounded(await measureTick())).toEqual(figures.tick);
  });

  it.each(checkedStacks)('are what the synthesized stack holds: $title', (stack) => {
    expect(figures.templates.idle).toContainEqual(countIdle(stack));
  });

  it('has every stack of the page', () => {
    const titles = figures.templates.idle.map(({ title }) => title);
    expect(titles).toEqual(idleStacks.map(({ title }) => title));
  });
});

describe('a job that is measured', () => {
  it('costs as many events, permits and requests as its way through the stack has', async () => {
    const { lane, way, calls } = await measure(getKind('batch'), 'queue', 'alone');
    expect(calls).toEqual({ 'automox/acme/servers.batch': 1 });
    // Received, hidden anew before its call, deleted.
    expect(lane).toMatchObject({ invocations: 1, events: 1, fifoQueueRequests: 3, traces: 1 });
    // Counted, sent; and on the intake queue sent, received, deleted.
    expect(way).toMatchObject({ fifoQueueRequests: 2, standardQueueRequests: 3, invocations: 1 });
  });
});
