/**
 * Which computers are meant: what `GET /v1/computers` filters, and what of that has to be compared
 * again. A part of a name finds a computer there; a job must not isolate `web-10` for `web-1`.
 */
import * as z from 'zod';
import type { OperationCall } from '../../jobs/operation.ts';
import { days } from '../../kernel/duration.ts';
import type { Computer } from './computer.ts';
import { Guid } from './operation-params.ts';

const Days = z.int().min(1).max(3_650);
const IpAddress = z.union([z.ipv4(), z.ipv6()]);

/** Absent means any, in each field; what is given must hold all at once. */
export const selectionFields = {
  hostnames: z
    .array(z.string().min(1).max(255))
    .min(1)
    .max(100)
    .optional()
    .describe('Computers of exactly these names; case does not matter.'),
  groupGuids: z.array(Guid).min(1).max(100).optional().describe('Members of one of these groups.'),
  internalIp: IpAddress.optional().describe('Computers with this address of their own.'),
  externalIp: IpAddress.optional().describe('Computers seen from this address.'),
  lastSeenWithinDays: Days.optional().describe('Seen within so many days.'),
  lastSeenOverDays: Days.optional().describe('Not seen for so many days.'),
};

const ComputerSelection = z.strictObject(selectionFields);
export type ComputerSelection = z.output<typeof ComputerSelection>;

export const selectionQuery = (
  selection: ComputerSelection,
): NonNullable<OperationCall['query']> => ({
  'hostname[]': selection.hostnames,
  'group_guid[]': selection.groupGuids,
  internal_ip: selection.internalIp,
  external_ip: selection.externalIp,
  last_seen_within: selection.lastSeenWithinDays,
  last_seen_over: selection.lastSeenOverDays,
});

/**
 * Whether a computer that AMP listed is meant. What can be told from the row is compared again: a
 * filter that the vendor overlooks must not widen what a job acts on.
 */
export function isSelected(
  selection: ComputerSelection,
  { groupGuid, hostname, internalIps, externalIp, lastSeenMs }: Computer,
  nowMs: number,
): boolean {
  const { groupGuids, hostnames, lastSeenWithinDays, lastSeenOverDays } = selection;
  const { internalIp, externalIp: seenFrom } = selection;
  return (
    (groupGuids === undefined || groupGuid === undefined || groupGuids.includes(groupGuid)) &&
    (hostnames === undefined || hostname === undefined || isNamed(hostnames, hostname)) &&
    (internalIp === undefined || internalIps.length === 0 || internalIps.includes(internalIp)) &&
    (seenFrom === undefined || externalIp === undefined || externalIp === seenFrom) &&
    (lastSeenWithinDays === undefined ||
      lastSeenMs === undefined ||
      // A day more: by which clock AMP counts days it does not say.
      lastSeenMs >= nowMs - days(lastSeenWithinDays + 1)) &&
    (lastSeenOverDays === undefined || (lastSeenMs ?? 0) <= nowMs - days(lastSeenOverDays))
  );
}

const isNamed = (wanted: readonly string[], hostname: string): boolean =>
  wanted.some((name) => hostname.toLowerCase() === name.toLowerCase());
