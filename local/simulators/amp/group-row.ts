import type { AmpCall } from './amp-route.ts';
import { linkTo } from './links.ts';
import type { Business, FileList, Group, Policy } from './world.ts';

export const groupRow = (call: AmpCall, group: Group): object => {
  const { guid, name, description, source } = group;
  return { name, description, guid, source, links: { group: linkTo(call, `/v1/groups/${guid}`) } };
};

export const groupDetail = (call: AmpCall, group: Group): object => {
  const { groups, policies } = call.business;
  const parent = groups.get(group.parentGuid ?? '');
  const own = Object.values(group.policyGuids).flatMap((guid) => policies.get(guid) ?? []);
  return {
    ...groupRow(call, group),
    policies: own.map((policy) => ({ ...policyDetail(call, policy), inherited: false })),
    ...(parent === undefined ? {} : { ancestry: [{ guid: parent.guid, name: parent.name }] }),
  };
};

export const policyRow = (call: AmpCall, policy: Policy): object => ({
  name: policy.name,
  description: `${policy.name} policy`,
  guid: policy.guid,
  product: policy.product,
  default: policy.isDefault,
  serial_number: policy.serialNumber,
  links: { policy: linkTo(call, `/v1/policies/${policy.guid}`) },
});

export const policyDetail = (call: AmpCall, policy: Policy): object => ({
  ...policyRow(call, policy),
  file_lists: policy.fileListGuids
    .flatMap((guid) => call.business.fileLists.get(guid) ?? [])
    .map(({ guid, name, type }: FileList) => ({ guid, name, type })),
  exclusion_sets: [],
  used_in_groups: groupsUsing(call.business, policy).map(({ guid, name, description, source }) => ({
    guid,
    name,
    description,
    source,
  })),
});

const groupsUsing = ({ groups }: Business, { guid }: Policy): Group[] =>
  [...groups.values()].filter((group) => Object.values(group.policyGuids).includes(guid));
