/**
 * Which devices are meant: what `GET /servers` filters itself, and what it cannot (tag, operating
 * system, host name, name), which is filtered here.
 *
 * source: 'Automox console API, OpenAPI description': GET /servers; flags are the integers 0 and 1.
 */
import * as z from 'zod';
import type { Device } from './device.ts';
import { matchesGlob } from './name-glob.ts';

const NAME_CHARS_MAX = 256;

export const Id = z.int().positive();

/** Absent means any, in each field; what is given must hold all at once. */
export const selectionFields = {
  groupId: Id.optional().describe('Members of this server group.'),
  policyId: Id.optional().describe('Devices that this policy applies to.'),
  pending: z.boolean().optional().describe('Whether an action is pending on the device.'),
  exception: z.boolean().optional().describe('Whether the device is excluded from reports.'),
  managed: z.boolean().optional().describe('Whether Automox manages the device.'),
  patchStatus: z.literal('missing').optional().describe('Devices that miss patches.'),
  tag: z.string().min(1).optional().describe('Devices with this tag, spelled exactly so.'),
  osFamily: z.enum(['Windows', 'Mac', 'Linux']).optional().describe('Family of the system.'),
  hostName: z
    .string()
    .min(1)
    .max(NAME_CHARS_MAX)
    .optional()
    .describe('Exactly this host name, without wildcards; case does not matter.'),
  name: z
    .string()
    .min(1)
    .max(NAME_CHARS_MAX)
    .optional()
    .describe('Host name or custom name; * and ? are wildcards, case does not matter.'),
};

const DeviceSelection = z.strictObject(selectionFields);
export type DeviceSelection = z.output<typeof DeviceSelection>;

/** The part of the selection that Automox answers. */
export const selectionQuery = (selection: DeviceSelection) => ({
  groupId: selection.groupId,
  policyId: selection.policyId,
  pending: flag(selection.pending),
  exception: flag(selection.exception),
  managed: flag(selection.managed),
  patchStatus: selection.patchStatus,
});

export const flag = (value: boolean | undefined): 0 | 1 | undefined =>
  value === undefined ? undefined : value ? 1 : 0;

/**
 * Whether a device that Automox listed is meant. The group is compared again: a filter that the vendor
 * overlooks must not widen what a job acts on.
 */
export function isSelected(selection: DeviceSelection, device: Device): boolean {
  const { groupId, tag, osFamily, hostName, name } = selection;
  return (
    (groupId === undefined || device.groupId === undefined || device.groupId === groupId) &&
    (tag === undefined || device.tags.includes(tag)) &&
    (osFamily === undefined || device.osFamily?.toLowerCase() === osFamily.toLowerCase()) &&
    (hostName === undefined || device.hostName?.toLowerCase() === hostName.toLowerCase()) &&
    (name === undefined || device.names.some((given) => matchesGlob(name, given)))
  );
}
