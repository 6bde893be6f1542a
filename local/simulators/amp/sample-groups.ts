/** Groups, their policies and the file lists that the policies use, as a new business has them. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { FileList, Group, Policy, Product } from './world.ts';

const GROUP_NAMES = ['Protect', 'Audit', 'Triage', 'Server', 'Domain Controller'];
const PRODUCTS: readonly Product[] = ['windows', 'mac', 'linux', 'android'];

/** The last two are of one kind, which was renamed: lists made earlier keep the old name of it. */
const LIST_KINDS: readonly (readonly [name: string, type: string, items: number])[] = [
  ['Quick SCD', 'simple_custom_detections', 500],
  ['Regional SCD', 'simple_custom_detections', 3],
  ['Blocked applications', 'application_blocking', 40],
  ['Allowed applications', 'allowed_applications', 5],
  ['Old allow list', 'application_whitelist', 2],
];

export function sampleFileLists(nextGuid: () => string): FileList[] {
  return LIST_KINDS.map(([name, type, items]) => ({
    guid: nextGuid(),
    name,
    type,
    items: new Map(
      Array.from({ length: items }, (_, index) => [sha256Hex(`${name} ${index}`), `Item ${index}`]),
    ),
  }));
}

export function samplePolicies(lists: readonly FileList[], nextGuid: () => string): Policy[] {
  const fileListGuids = lists.map(({ guid }) => guid);
  return GROUP_NAMES.flatMap((name, index) =>
    PRODUCTS.map((product, place) => ({
      guid: nextGuid(),
      name: `${name} ${product}`,
      product,
      isDefault: index === 0,
      serialNumber: 100 + index * PRODUCTS.length + place,
      fileListGuids,
    })),
  );
}

/** One group for each block of policies, in the order in which those were made. */
export function sampleGroups(policies: readonly Policy[], nextGuid: () => string): Group[] {
  return GROUP_NAMES.map((name, index) => {
    const own = policies.slice(index * PRODUCTS.length, (index + 1) * PRODUCTS.length);
    return {
      guid: nextGuid(),
      name,
      description: `${name} group`,
      source: index === 1 ? 'Created by the first use wizard' : null,
      policyGuids: Object.fromEntries(own.map(({ product, guid }) => [product, guid])),
    };
  });
}
