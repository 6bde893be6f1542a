/** Lists, events, file lists, and any one call. */
import { expect } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import type { Business } from '../business.ts';
import { type AmpCase, guids } from './case.ts';

/** A list of as many rows as the business has. */
const list = (
  type: string,
  rowsOf: (business: Business) => number,
  params: Json = {},
): AmpCase => ({
  type,
  begin: () => params,
  done: (business, rows) => expect(rows).toHaveLength(rowsOf(business)),
  again: 'nothing',
});

const hashes = ['a', 'b'].map((digit) => digit.repeat(64));

function fileList(business: Business) {
  const [found] = business.console().state.fileLists.values();
  if (!found) throw new RangeError('the business has no file list');
  return found;
}

const present = (business: Business): string[] =>
  hashes.filter((sha256) => fileList(business).items.has(sha256));

/** Two detections, a second apart, up to now. */
function detect(business: Business, harness: JobHarness): void {
  const nowMs = harness.clock.nowMs();
  for (const atMs of [nowMs - 1_000, nowMs]) business.console().detect({ atMs });
}

export const otherCases: readonly AmpCase[] = [
  {
    type: 'amp.version',
    begin: () => ({}),
    done: (_business, result) => expect(result).toEqual({ version: expect.stringMatching(/^v\d/) }),
    again: 'nothing',
  },
  list('amp.computers.query', (business) => business.computers().length),
  list('amp.groups.query', (business) => business.console().state.groups.size),
  list('amp.policies.query', (business) => business.console().state.policies.size),
  list('amp.indicators.query', (business) => business.console().state.indicators.size),
  list('amp.vulnerabilities.query', ({ console }) => console().state.vulnerabilities.length),
  {
    type: 'amp.event-types',
    begin: () => ({}),
    done: (_business, rows) =>
      expect(rows).toContainEqual(expect.objectContaining({ id: 554696714 })),
    again: 'nothing',
  },
  {
    type: 'amp.activity.query',
    begin: (business) => ({ user: business.computers()[0]?.users[0] ?? '' }),
    done: (business, rows) => expect(rows).toMatchObject([{ connector_guid: guids(business)[0] }]),
    again: 'nothing',
  },
  {
    type: 'amp.trajectory',
    begin(business, harness) {
      const [computer = ''] = guids(business);
      business.console().detect({ computer, atMs: harness.clock.nowMs() });
      return { computer };
    },
    done: (_business, rows) => expect((rows as Json[]).length).toBeGreaterThan(0),
    again: 'nothing',
  },
  {
    type: 'amp.events.poll',
    begin(business, harness) {
      detect(business, harness);
      return {};
    },
    done: (business, rows) =>
      expect((rows as { id: bigint }[]).map(({ id }) => BigInt(id))).toEqual(
        business.console().state.events.map(({ id }) => BigInt(id)),
      ),
    again: 'nothing',
  },
  {
    type: 'amp.file-list.query',
    begin: (business) => ({ list: fileList(business).guid }),
    done: (business, rows) => expect(rows).toHaveLength(fileList(business).items.size),
    again: 'nothing',
  },
  {
    type: 'amp.file-list.add',
    begin: (business) => ({ list: fileList(business).guid, files: hashes }),
    done: (business) => expect(present(business)).toEqual(hashes),
    // Answered with 409, which says that the files are there.
    again: 'the same',
    partial: {
      begin(business) {
        business.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 400 } });
        return { list: fileList(business).guid, files: hashes };
      },
      named: () => hashes[0] ?? '',
    },
  },
  {
    type: 'amp.file-list.remove',
    begin(business) {
      for (const sha256 of hashes) fileList(business).items.set(sha256, 'bad');
      return { list: fileList(business).guid, files: hashes };
    },
    done: (business) => expect(present(business)).toEqual([]),
    // Answered with 404, which says that the files are not there.
    again: 'the same',
    partial: {
      begin(business) {
        business.simulator.faults.add({ method: 'DELETE', fault: { kind: 'status', status: 400 } });
        return { list: fileList(business).guid, files: hashes };
      },
      named: () => hashes[0] ?? '',
    },
  },
  {
    type: 'amp.call',
    what: 'a read',
    begin: (business) => ({ operation: 'computers.get', path: { guid: guids(business)[0] ?? '' } }),
    done: (business, result) =>
      expect(result).toMatchObject({ data: { connector_guid: guids(business)[0] } }),
    again: 'nothing',
  },
  {
    type: 'amp.call',
    what: 'a write that must not be repeated',
    begin: () => ({
      operation: 'groups.create',
      body: { name: 'Kiosks', description: 'In halls' },
    }),
    done: ({ console }) =>
      expect(
        [...console().state.groups.values()].filter(({ name }) => name === 'Kiosks'),
      ).toHaveLength(1),
    again: 'anew',
  },
];
