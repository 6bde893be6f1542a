import { describe, expect, it } from 'vitest';
import { createGroupTurns } from '../../../local/event-source-mapping/group-turns.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

describe('turns of message groups', () => {
  it('come one after the other in a group, also to one who asks while others still wait', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const turns = createGroupTurns();
    const startedAtMs: [string, number][] = [];
    const run = (name: string, groups: readonly string[]) =>
      turns.run(groups, () => {
        startedAtMs.push([name, clock.nowMs()]);
        return clock.sleep(10);
      });
    const early = [run('1', ['a']), run('2', ['a', 'b']), run('other', ['c'])];
    await clock.advanceTo(15);
    const late = [run('3', ['a']), run('4', ['b'])];
    await clock.advanceTo(40);
    await Promise.all([...early, ...late]);
    expect(startedAtMs).toEqual([
      ['1', 0],
      ['other', 0],
      ['2', 10],
      ['3', 20],
      ['4', 20],
    ]);
  });
});
