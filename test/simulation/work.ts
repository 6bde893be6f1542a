/** What each kind of work asks of Automox, and how the vendor shows that it was done. */
import { invariant } from '../../shared/kernel/invariant.ts';
import type { Work } from './plan.ts';
import { ORG, type SimulatedVendor } from './vendor.ts';

const types = {
  tag: 'automox.servers.batch',
  chunks: 'automox.servers.batch',
  list: 'automox.servers.query',
  run: 'automox.policy.run',
  command: 'automox.server.command',
  group: 'automox.groups.ensure',
} as const;

export const typeOf = ({ kind }: Pick<Work, 'kind'>): string => types[kind];

const CHUNK_DEVICES = 500;
const CHUNKS = 3;

/** A device that no other work of the plan has. */
function deviceOf(vendor: SimulatedVendor, name: number): number {
  const ids = [...vendor.simulator.org(ORG).devices.keys()];
  const id = ids[name % ids.length];
  invariant(id !== undefined, 'the fleet has devices');
  return id;
}

const tagOf = ({ name }: Work): string => `tag-${name}`;
const groupOf = ({ name }: Work): string => `group ${name}`;
const policyOf = (vendor: SimulatedVendor): number => {
  const [id = 0] = vendor.simulator.org(ORG).policies.keys();
  return id;
};

/** One device that exists at the head of each call, and 499 that do not. */
function chunkDevices(vendor: SimulatedVendor, work: Work): number[] {
  return Array.from({ length: CHUNKS }, (_, chunk) => [
    deviceOf(vendor, work.name + chunk),
    ...Array.from({ length: CHUNK_DEVICES - 1 }, (_, n) => 1 + chunk * CHUNK_DEVICES + n),
  ]).flat();
}

export function paramsOf(work: Work, vendor: SimulatedVendor): object {
  const device = deviceOf(vendor, work.name);
  const actions = [{ attribute: 'tags', action: 'apply', value: [tagOf(work)] }];
  switch (work.kind) {
    case 'tag':
      return { devices: [device], actions };
    case 'chunks':
      return { devices: chunkDevices(vendor, work), actions };
    case 'list':
      return {};
    case 'run':
      return { policyId: policyOf(vendor), devices: [device, deviceOf(vendor, work.name + 1000)] };
    case 'command':
      return { devices: [device], command: 'Reboot' };
    case 'group':
      return { name: groupOf(work) };
  }
}

/** The writes of the work that must not be made twice, as the vendor names them. */
export function onceOnly(work: Work, vendor: SimulatedVendor): readonly string[] {
  const device = deviceOf(vendor, work.name);
  switch (work.kind) {
    case 'run':
      return [...new Set([device, deviceOf(vendor, work.name + 1000)])].map(
        (id) => `run ${policyOf(vendor)}/${id}`,
      );
    case 'command':
      return [`command ${device}`];
    case 'group':
      return [`group ${groupOf(work)}`];
    default:
      return [];
  }
}

/** Whether the vendor shows all of the work done. */
export function isDone(work: Work, vendor: SimulatedVendor): boolean {
  const { devices } = vendor.simulator.org(ORG);
  const isTagged = (id: number): boolean => devices.get(id)?.tags.includes(tagOf(work)) ?? false;
  switch (work.kind) {
    case 'tag':
      return isTagged(deviceOf(vendor, work.name));
    case 'chunks':
      return Array.from({ length: CHUNKS }, (_, chunk) =>
        isTagged(deviceOf(vendor, work.name + chunk)),
      ).every(Boolean);
    case 'list':
      return true;
    default:
      return onceOnly(work, vendor).every((what) => (vendor.effects.get(what) ?? 0) >= 1);
  }
}
