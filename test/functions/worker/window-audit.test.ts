import { describe, expect, it } from 'vitest';
import { type AuditedCall, createWindowAudit } from '../../../functions/worker/window-audit.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { narrow } from '../../shared/jobs/scripted-vendor.ts';

const call = (sentAtMs: number, boundAtMs = sentAtMs + 40): AuditedCall => ({
  sentAtMs,
  boundAtMs,
});

const fullest = (...calls: readonly AuditedCall[]): number => {
  const audit = createWindowAudit();
  return Math.max(...calls.map((it) => audit.record(narrow, it)));
};

describe('the audit of windows', () => {
  it('counts calls that can share a window', () => {
    expect(fullest(call(0), call(10_000), call(59_999))).toBe(3);
  });

  it('does not count a call that was over a window before the next was sent', () => {
    expect(fullest(call(0, 0), call(30_000), call(60_000))).toBe(2);
    expect(fullest(call(0, 1), call(30_000), call(60_000))).toBe(3);
  });

  it('finds the sixth call in a minute of five', () => {
    const spaced = [0, 1, 2, 3, 4].map((n) => call(n * 100, n * 100));
    expect(fullest(...spaced, call(60_000))).toBe(5);
    expect(fullest(...spaced, call(59_999))).toBe(6);
  });

  it('counts the same, in whatever order the answers come', () => {
    const calls = [call(0, 15_000), call(20_000), call(50_000), call(74_000)];
    expect(fullest(...calls)).toBe(4);
    expect(fullest(...calls.toReversed())).toBe(4);
    expect(fullest(...[2, 0, 3, 1].flatMap((n) => calls[n] ?? []))).toBe(4);
  });

  it('keeps budgets apart', () => {
    const audit = createWindowAudit();
    audit.record(narrow, call(0));
    expect(audit.record({ ...narrow, id: 'automox/acme/other' }, call(1))).toBe(1);
  });

  it('forgets what is windows ago', () => {
    const audit = createWindowAudit();
    for (let n = 0; n < 5_000; n += 1) {
      expect(audit.record(narrow, call(n * minutes(1), n * minutes(1)))).toBe(1);
    }
  });
});
