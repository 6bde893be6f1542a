import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { JOB_BYTES_MAX, JOB_LIFE_MAX_MS } from '../../../shared/jobs/job-request.ts';
import { parseJobRequest, parseJobText } from '../../../shared/jobs/parse-job-request.ts';
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { days, hours } from '../../../shared/kernel/duration.ts';
import { catalogOf, stepType } from './step-type.ts';
import { goodMessage, textOf, wrongMessages, wrongTexts } from './wrong-messages.ts';

const NOW_MS = Date.UTC(2026, 2, 1, 2);
const rules = {
  catalog: catalogOf(stepType()),
  accounts: { acme: { provider: 'automox', organizationId: 1 } },
} as const;

const parse = (text: string) => parseJobRequest(parseJobText(text), rules, NOW_MS);
const parseWith = (changes: object) => parse(JSON.stringify({ ...goodMessage, ...changes }));

function refusalOf(text: string): SluiceError {
  try {
    parse(text);
  } catch (error) {
    return error as SluiceError;
  }
  throw new Error(`the message was taken: ${text.slice(0, 200)}`);
}

describe('S7 parseJobRequest', () => {
  it.each([...wrongMessages, ...wrongTexts])('refuses $name: $code of $fields', (wrong) => {
    const refusal = refusalOf(textOf(wrong));
    expect(refusal.code).toBe(wrong.code);
    expect(refusal.fields.map(({ field }) => field)).toEqual(wrong.fields);
    expect(refusal.fields.filter(({ problem }) => problem.length < 4)).toEqual([]);
    expect(refusal.disposition).toBe('answer');
  });

  it('names wrong parameters and wrong instants in one answer', () => {
    const text = JSON.stringify({
      ...goodMessage,
      params: { devices: [0], extra: 1 },
      notBefore: isoInstant(NOW_MS + days(400)),
      deadline: isoInstant(NOW_MS + days(399)),
    });
    expect(refusalOf(text).fields.map(({ field }) => field)).toEqual([
      'params.devices[0]',
      'params.extra',
      'notBefore',
      'deadline',
    ]);
  });

  it('names the types and the accounts there are, and of which vendor', () => {
    const unknown = refusalOf(JSON.stringify({ ...goodMessage, type: 'a.b' }));
    expect(unknown.message).toContain('known are automox.test.step');
    const foreign = { ...stepType(), type: 'other.test.step', provider: 'other' as 'automox' };
    const catalog = catalogOf(foreign);
    const message = { ...goodMessage, type: foreign.type };
    expect(() => parseJobRequest(message, { ...rules, catalog }, NOW_MS)).toThrow(
      '"acme" is an account of automox; the job type needs one of other',
    );
  });

  it('fills in what a message may leave out', () => {
    const { request, params, deadlineMs, notBeforeMs } = parse(
      '{"type":"automox.test.step","account":"acme"}',
    );
    expect(request).toMatchObject({ priority: 'normal', tenant: 'default', mode: 'run' });
    expect(params).toEqual({});
    expect(deadlineMs).toBe(NOW_MS + JOB_LIFE_MAX_MS);
    expect(notBeforeMs).toBeUndefined();
  });

  it('takes the longest life that a job may have, counted from its start', () => {
    const notBefore = isoInstant(NOW_MS + days(300));
    const deadline = isoInstant(NOW_MS + days(300) + JOB_LIFE_MAX_MS);
    expect(parseWith({ notBefore, deadline }).deadlineMs).toBe(Date.parse(deadline));
    expect(parseWith({ notBefore }).deadlineMs).toBe(Date.parse(deadline));
  });

  it('starts at once where notBefore has passed', () => {
    expect(parseWith({ notBefore: isoInstant(NOW_MS - hours(1)) })).not.toHaveProperty(
      'notBeforeMs',
    );
  });

  it('understands an instant in any zone', () => {
    const { notBeforeMs } = parseWith({ notBefore: '2026-03-01T05:30:00.5+02:30' });
    expect(notBeforeMs).toBe(NOW_MS + hours(1) + 500);
  });

  it('has an instant for every date that it takes', () => {
    const dates = fc.stringMatching(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d[Z]$/);
    fc.assert(
      fc.property(dates, (notBefore) => {
        const text = JSON.stringify({ ...goodMessage, notBefore });
        const problem = refusalOrInstant(text);
        expect(problem === 'notBefore' || Number.isFinite(problem)).toBe(true);
      }),
    );
  });
});

function refusalOrInstant(text: string): unknown {
  try {
    return parse(text).deadlineMs;
  } catch (error) {
    return (error as SluiceError).fields[0]?.field;
  }
}

describe('S7 parseJobText', () => {
  it('takes a message of exactly the bytes that are allowed', () => {
    const text = `"${'x'.repeat(JOB_BYTES_MAX - 2)}"`;
    expect(parseJobText(text)).toHaveLength(JOB_BYTES_MAX - 2);
    expect(() => parseJobText(`${text} `)).toThrow('at most 262144 bytes');
  });

  it('never fails otherwise than by a refusal, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        expect(['job.invalid', 'job.unknown-type', 'job.unknown-account']).toContain(
          refusalOf(text).code,
        );
      }),
    );
  });
});
