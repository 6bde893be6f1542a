import { describe, expect, it } from 'vitest';
import { createProgress, type Output } from '../../../local/demo/progress.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { goodSeen, isBatch, plan, seenWith } from './demo-run.ts';

function createScreen(shape: Pick<Output, 'isTTY' | 'columns' | 'rows'>) {
  const written: string[] = [];
  let elapsedMs = 0;
  const out: Output = { ...shape, write: (text: string | Uint8Array) => !written.push(`${text}`) };
  return {
    progress: createProgress(plan, out, () => elapsedMs),
    pass: (ms: number) => {
      elapsedMs += ms;
    },
    /** What was written since the last look. */
    look: () => written.splice(0),
  };
}

const pipe = { isTTY: false, columns: 80, rows: 0 };
const terminal = { isTTY: true, columns: 60, rows: plan.length + 2 };

describe('progress on a terminal', () => {
  it('draws one table over and over, no wider than the terminal', () => {
    const { progress, look } = createScreen(terminal);
    progress.show(new Map());
    expect(look()).toHaveLength(plan.length + 1);
    progress.show(goodSeen);
    const [up, ...lines] = look();
    expect(up).toBe(`\u001b[${plan.length + 1}A`);
    expect(lines).toHaveLength(plan.length + 1);
    for (const line of lines) expect(line.length).toBeLessThan(60 + '\u001b[2K\n'.length);
  });

  it('keeps what happened outside above the table', () => {
    const { progress, look } = createScreen(terminal);
    progress.show(goodSeen);
    look();
    progress.tell('a threat');
    const [up, told, ...table] = look();
    expect([up, told]).toEqual([
      `\u001b[${plan.length + 1}A`,
      expect.stringContaining('0.0 s  a threat'),
    ]);
    expect(table).toHaveLength(plan.length + 1);
    progress.show(goodSeen);
    expect(look()[0]).toBe(`\u001b[${plan.length + 1}A`);
  });

  it('adds lines where the terminal is not high enough to draw over', () => {
    const { progress, look } = createScreen({ ...terminal, rows: plan.length });
    progress.show(goodSeen);
    expect(look().join('')).not.toContain('\u001b');
  });
});

describe('progress in a pipe', () => {
  it('adds a line for each change, and none for what is as it was', () => {
    const { progress, look } = createScreen(pipe);
    const waiting = { for: 'follow-up', until: '2026-03-01T02:01:00.000Z' } as const;
    const before = seenWith(isBatch, { status: 'waiting', waiting });
    progress.show(before);
    expect(look()).toHaveLength(plan.length);
    progress.show(before);
    expect(look()).toEqual([]);
    progress.show(goodSeen);
    expect(look()).toEqual([expect.stringMatching(/tag device 1 +http +succeeded/)]);
  });

  it('says of a wait what it is for, whether it has a budget or not', () => {
    const { progress, look } = createScreen(pipe);
    const until = '2026-03-01T02:01:00.000Z';
    for (const waiting of [
      { for: 'permit', budget: 'automox/acme/servers.batch', until },
      { for: 'follow-up', until },
    ] as const) {
      progress.show(seenWith(isBatch, { status: 'waiting', waiting }));
    }
    const text = look().join('');
    expect(text).toContain('waiting     for permit of automox/acme/servers.batch until 02:01:00.0');
    expect(text).toContain('waiting     for follow-up until 02:01:00.0');
  });

  it('says every ten seconds that it is still there, and how much is left', () => {
    const { progress, pass, look } = createScreen(pipe);
    const seen = seenWith(isBatch, { status: 'running' });
    progress.show(seen);
    look();
    pass(seconds(9));
    progress.show(seen);
    expect(look()).toEqual([]);
    pass(seconds(1));
    progress.show(seen);
    progress.show(seen);
    expect(look()).toEqual(['  10.0 s  … 1 job not done yet\n']);
  });
});
