import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../shared/errors/codes.ts';
import { ProviderError } from '../../shared/errors/provider-error.ts';
import type { VendorBody } from '../../shared/http/vendor-body.ts';
import type { Operation } from '../../shared/jobs/operation.ts';
import type { AnyAccount } from '../../shared/providers/provider.ts';
import { answerOf, jsonAnswer, LEAKED_KEY, someBodies, statuses } from './answers.ts';
import type { ProviderCase } from './provider.ts';

/** A row, an event and a log line hold the text of an error. */
const MESSAGE_CHARS_MAX = 1_000;

export function describeAnswers<A extends AnyAccount>({ provider }: ProviderCase<A>): void {
  const all = Object.values(provider.operations);
  const operations = [
    ...all.filter(({ method }) => method === 'GET').slice(0, 1),
    ...all.filter(({ method }) => method !== 'GET').slice(0, 1),
  ];
  const classify = (operation: Operation, status: number, body: VendorBody) => {
    const error = provider.findError(operation, answerOf(status, body));
    if (error === undefined) return undefined;
    expect(error).toBeInstanceOf(ProviderError);
    expect(isErrorCode(error.code)).toBe(true);
    expect(error.message.length).toBeLessThanOrEqual(MESSAGE_CHARS_MAX);
    expect(inspect([error.message, error.fields]).includes(LEAKED_KEY)).toBe(false);
    return error;
  };

  describe.each(operations)('answers to $id', (operation) => {
    it('that are no success are errors, whatever their body, short and without a key', () => {
      for (const status of statuses) {
        const found = someBodies.map((body) => classify(operation, status, body));
        if (status < 200 || status > 299) expect(found).not.toContain(undefined);
      }
    });

    it('of any JSON are classified without a defect', () => {
      fc.assert(
        fc.property(fc.constantFrom(...statuses), fc.jsonValue(), (status, value) => {
          classify(operation, status, jsonAnswer(value));
        }),
      );
    });

    it('with 200 are a success where they hold nothing, and none where they are a page', () => {
      expect(classify(operation, 200, { kind: 'empty' })).toBeUndefined();
      expect(classify(operation, 200, { kind: 'html', text: '<html>' })?.code).toBe(
        'provider.malformed-answer',
      );
    });

    it.each(provider.refusalStatuses)('with %i say that the credential is not taken', (status) => {
      expect(classify(operation, status, { kind: 'empty' })?.code).toBe('provider.unauthorized');
    });

    it.each([
      [404, 'provider.not-found'],
      [429, 'provider.throttled'],
      [500, 'provider.unavailable'],
      [503, 'provider.unavailable'],
    ])('with %i and no body are %s', (status, code) => {
      expect(classify(operation, status, { kind: 'empty' })?.code).toBe(code);
    });
  });
}
