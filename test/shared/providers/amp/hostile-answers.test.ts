import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../../../shared/errors/codes.ts';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { JobContext } from '../../../../shared/jobs/job-type.ts';
import { type Json, stringifyJson } from '../../../../shared/kernel/json.ts';
import { dataOf, readComputer } from '../../../../shared/providers/amp/computer.ts';
import { findAmpError } from '../../../../shared/providers/amp/errors.ts';
import {
  describeEvent,
  eventKey,
  eventTimeS,
  instantOf,
  olderFirst,
} from '../../../../shared/providers/amp/event.ts';
import { advance } from '../../../../shared/providers/amp/jobs/event-cursor.ts';
import { isolationStanding } from '../../../../shared/providers/amp/jobs/isolation-goal.ts';
import { Standing } from '../../../../shared/providers/amp/jobs/standing.ts';
import { findTotal, listPages } from '../../../../shared/providers/amp/list-pages.ts';
import { operations } from '../../../../shared/providers/amp/operations.ts';
import { answerOf } from '../../../contracts/answers.ts';
import { hostileJson, hostileRow, hostileText } from '../../../support/hostile-json.ts';

const rules = { seed: 21, numRuns: 500 };

const computer = hostileRow([
  ...['connector_guid', 'hostname', 'group_guid', 'policy', 'last_seen', 'internal_ips'],
]);
const event = hostileRow([
  ...[
    'id',
    'timestamp',
    'timestamp_nanoseconds',
    'event_type',
    'event_type_id',
    'computer',
    'file',
  ],
  ...['connector_guid', 'group_guids', 'detection', 'detection_id', 'severity'],
]);

describe('whatever Cisco AMP answers', () => {
  it('is a computer of which each field is what it is said to be, or absent', () => {
    fc.assert(
      fc.property(computer, (row) => {
        const { guid, lastSeenMs, internalIps, ...others } = readComputer(row);
        expect(guid ?? '00000000-0000-4000-8000-000000000000').toMatch(/^[0-9a-f-]{36}$/);
        expect(Number.isFinite(lastSeenMs ?? 0)).toBe(true);
        expect(internalIps.every((ip) => typeof ip === 'string')).toBe(true);
        for (const text of Object.values(others)) expect(typeof (text ?? '')).toBe('string');
      }),
      rules,
    );
  });

  it('is an event with a key and a time, small enough for the bus', () => {
    fc.assert(
      fc.property(event, event, (one, other) => {
        expect(typeof eventKey(one)).toBe('string');
        expect(Number.isNaN(olderFirst(one, other))).toBe(false);
        expect(instantOf(eventTimeS(one) ?? 0)).toMatch(/^\d{4}-/);
        const { eventId: _id, ...told } = describeEvent(one);
        expect(stringifyJson(told).length).toBeLessThan(150_000);
        const before = { markS: 1_000, fromS: 0, seen: [], filter: '{}' };
        const seen = [one, other].map((it) => ({ key: eventKey(it), atS: eventTimeS(it) }));
        const after = advance(before, seen, { startS: 0, overlapS: 60, nowS: 2_000 });
        expect(after.markS).toBeGreaterThanOrEqual(1_000);
        expect(after.markS).toBeLessThanOrEqual(2_000);
      }),
      rules,
    );
  });

  it('is a state of isolation that is known, or waited for', () => {
    fc.assert(
      fc.property(hostileRow(['status', 'available']), (state) => {
        for (const direction of ['isolate', 'release'] as const) {
          expect(Standing.options).toContain(isolationStanding(direction, state));
        }
      }),
      rules,
    );
  });

  it.each(['constructor', 'toString', '__proto__'])('waits where the state is %s', (status) => {
    expect(isolationStanding('isolate', { status })).toBe('hindered');
  });

  it('is an error of a known code, short, unless it is a success', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), hostileText, (status, text) => {
        const answer = answerOf(status, readVendorBody(text, 'application/json'));
        for (const operation of [operations.deleteComputer, operations.removeListFile]) {
          const error = findAmpError(operation, answer);
          expect(isErrorCode(error?.code ?? 'provider.rejected')).toBe(true);
          expect((error?.message ?? '').length).toBeLessThan(600);
        }
      }),
      rules,
    );
  });

  it('is an envelope with an object and a total, or without', () => {
    fc.assert(
      fc.property(hostileRow(['data', 'metadata']), (body) => {
        expect(typeof (dataOf(body) ?? {})).toBe('object');
        expect(Number.isSafeInteger(findTotal(body) ?? 0)).toBe(true);
      }),
      rules,
    );
  });

  it('is a list that ends, also where each page claims that there is another', async () => {
    const page = fc.record({ data: fc.oneof(fc.array(hostileJson), hostileJson) });
    await fc.assert(
      fc.asyncProperty(page, async (body) => {
        const answer = { ...body, metadata: { links: { next: 'more' } } } as Json;
        expect(await pagesOf(answer)).toBeLessThanOrEqual(2);
      }),
      rules,
    );
  });

  it('is a list, however many rows a page has', async () => {
    const data = Array.from({ length: 300_000 }, (_, id) => ({ id }));
    expect(await pagesOf({ data })).toBe(1);
  });
});

/** How many pages a list has that answers each with the same body; 0 where it is no list. */
async function pagesOf(body: Json): Promise<number> {
  const call = async () => ({ from: 'wire', status: 200, body }) as const;
  const context = { call } as unknown as JobContext;
  let pages = 0;
  try {
    for await (const _page of listPages(context, {
      operation: operations.listEvents,
      key: 'page',
    })) {
      pages += 1;
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'provider.malformed-answer' });
  }
  return pages;
}
