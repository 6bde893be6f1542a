/** A condition the program itself guarantees does not hold: a defect, never bad input. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}

/** Marks the end of an exhaustive switch: compiles only while no case is left over. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`unexpected value ${String(value)}`);
}
