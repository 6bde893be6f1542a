import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../../../shared/errors/codes.ts';
import { ProviderError } from '../../../../shared/errors/provider-error.ts';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../../shared/http/vendor-client.ts';
import { isSelectedAlert } from '../../../../shared/providers/opsramp/alert-selection.ts';
import { readToken } from '../../../../shared/providers/opsramp/credential.ts';
import { findOpsRampError } from '../../../../shared/providers/opsramp/errors.ts';
import {
  hasReached,
  toldActions,
} from '../../../../shared/providers/opsramp/jobs/alert-actions.ts';
import { partialRefusal } from '../../../../shared/providers/opsramp/jobs/partial-refusal.ts';
import { textIn } from '../../../../shared/providers/opsramp/jobs/resource-status.ts';
import { changesOf } from '../../../../shared/providers/opsramp/jobs/row-differences.ts';
import { idIn } from '../../../../shared/providers/opsramp/list-pages.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';
import { findInstantMs } from '../../../../shared/providers/opsramp/query-string.ts';
import { hostileRow, hostileText } from '../../../support/hostile-json.ts';

const rules = { seed: 11, numRuns: 300 };

const keys = ['code', 'message', 'fieldName', 'error', 'error_description', 'access_token'];
const body = fc.oneof(
  hostileText,
  fc.string(),
  fc
    .dictionary(fc.constantFrom(...keys, 'expires_in', 'token_type'), fc.jsonValue())
    .map((value) => JSON.stringify(value)),
  fc
    .array(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()))
    .map((rows) => JSON.stringify(rows)),
);

const answered = (status: number, text: string): AnsweredResult => ({
  kind: 'answered',
  status,
  headers: {},
  body: readVendorBody(text, 'application/json'),
  sentAtMs: 0,
  answeredAtMs: 1,
  elapsedMs: 1,
});

describe('any answer whatever', () => {
  it('is an error of a known code, short and with few fields, unless it is a success', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), body, (status, text) => {
        const error = findOpsRampError(operations.getAlert, answered(status, text));
        if (status < 300) return;
        expect(error !== undefined && isErrorCode(error.code)).toBe(true);
        expect(error?.message.length).toBeLessThan(600);
        expect(error?.fields.length).toBeLessThanOrEqual(20);
      }),
      rules,
    );
  });

  it('is a token with a bounded life, or a typed error', () => {
    fc.assert(
      fc.property(body, (text) => {
        try {
          const { lifeMs } = readToken(answered(200, text));
          expect(lifeMs).toBeGreaterThanOrEqual(0);
          expect(lifeMs).toBeLessThanOrEqual(86_400_000);
        } catch (error) {
          expect(error).toBeInstanceOf(ProviderError);
        }
      }),
      rules,
    );
  });

  it('never breaks what reads a row', () => {
    const row = hostileRow([
      ...['currentState', 'acknowledged', 'subject', 'failedCount', 'invalidPatches', 'id'],
      ...['failedEntities', 'results', 'nextPage', 'priority', 'serviceName'],
    ]);
    fc.assert(
      fc.property(row, row, (alert, other) => {
        expect(typeof changesOf(alert, other)).toBe('object');
        expect(typeof textIn(alert, 'subject')).toBe('string');
        expect(typeof (idIn(alert, 'id') ?? '')).toBe('string');
        for (const action of Object.keys(toldActions) as (keyof typeof toldActions)[]) {
          expect(typeof hasReached(action, alert)).toBe('boolean');
        }
        const selection = { states: ['OK' as const], subject: 'x', closed: false };
        expect(typeof isSelectedAlert(selection, alert)).toBe('boolean');
        expect(partialRefusal(alert).count).toBeGreaterThanOrEqual(0);
        const atMs = findInstantMs(alert['subject']);
        expect(atMs === undefined || Number.isFinite(atMs)).toBe(true);
      }),
      rules,
    );
  });
});
