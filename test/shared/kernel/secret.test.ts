import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/kernel/secret.ts';

const CANARY = 'canary-5f1c';
const secret = new Secret(CANARY);

const printings: readonly (readonly [string, () => string])[] = [
  ['a template', () => `${secret}`],
  ['concatenation', () => `${[secret]}`],
  ['String()', () => String(secret)],
  ['JSON', () => JSON.stringify({ nested: [secret] })],
  ['inspect', () => inspect({ nested: { secret } }, { depth: 9 })],
  ['inspect with hidden fields', () => inspect(secret, { showHidden: true, depth: 9 })],
  ['format %s', () => format('%s', secret)],
  ['format %o', () => format('%o', secret)],
  ['format %O', () => format('%O', { secret })],
  ['format %j', () => format('%j', { secret })],
  ['format without a directive', () => format('secret', secret)],
  ['an error message', () => inspect(new Error(`failed with ${secret}`))],
  ['an error cause', () => inspect(new Error('failed', { cause: { secret } }))],
  ['Object.entries', () => JSON.stringify(Object.entries(secret))],
  ['a structured clone', () => inspect(structuredClone({ ...secret }))],
];

describe('S10 Secret', () => {
  it.each(printings)('is not shown by %s', (_name, print) => {
    expect(print()).not.toContain(CANARY);
  });

  it('shows that there is one, so that a log says something', () => {
    expect(`${secret} ${JSON.stringify(secret)} ${inspect(secret)}`).toBe(
      '[secret] "[secret]" [secret]',
    );
  });

  it('reveals its value where it is asked to', () => {
    expect(secret.reveal()).toBe(CANARY);
  });
});
