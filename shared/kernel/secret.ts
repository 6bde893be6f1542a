import { inspect } from 'node:util';

const REDACTED = '[secret]';

/**
 * A value that must not be printed. Text, JSON, template strings, the console and structured loggers
 * all show `[secret]`; only `reveal()` gives the value, at the point where a request is signed or sent.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
