import { describe, expect, it } from 'vitest';
import { seconds } from '../../shared/kernel/duration.ts';
import { createProgress } from './progress.ts';

function listen(isTerminal: boolean) {
  const written: string[] = [];
  let atMs = 0;
  const progress = createProgress({
    count: 1_000,
    isTerminal,
    nowMs: () => atMs,
    write: (text) => written.push(text),
  });
  return { written, tell: progress.tell, pass: (ms: number) => (atMs += ms) };
}

describe('the progress of a simulation', () => {
  it('is a line for each twentieth of the seeds where nobody looks at a terminal', () => {
    const { written, tell } = listen(false);
    for (const seeds of [20, 49, 50, 80, 99, 101]) tell(seeds, 0);
    expect(written).toEqual(['50 of 1000 seeds\n', '101 of 1000 seeds\n']);
  });

  it('is a line each 30 seconds where seeds take long, and says what is broken', () => {
    const { written, tell, pass } = listen(false);
    pass(seconds(29));
    tell(3, 0);
    pass(seconds(1));
    tell(4, 1);
    tell(5, 1);
    expect(written).toEqual(['4 of 1000 seeds, 1 broken\n']);
  });

  it('is one line that changes on a terminal', () => {
    const { written, tell } = listen(true);
    tell(1, 0);
    tell(2, 0);
    expect(written).toEqual(['\r1 of 1000 seeds', '\r2 of 1000 seeds']);
  });
});
