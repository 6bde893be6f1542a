import { describe, expect, it } from 'vitest';
import { InvariantViolation, invariant, unreachable } from '../../../shared/kernel/invariant.ts';

describe('invariant', () => {
  it('throws an error of its own name where the condition does not hold', () => {
    expect(() => invariant(false, 'two and two')).toThrow(InvariantViolation);
    expect(() => invariant(0, 'two and two')).toThrow('two and two');
    expect(new InvariantViolation('x').name).toBe('InvariantViolation');
  });

  it('lets pass what holds', () => {
    expect(() => invariant('yes', 'unused')).not.toThrow();
  });

  it('names the value that no case of a switch took', () => {
    expect(() => unreachable('purple' as never)).toThrow('unexpected value purple');
  });
});
