/** What a group may be made of. Throws Refusal with 400. */
import type { AmpCall } from './amp-route.ts';
import { refuse } from './envelope.ts';
import type { Business, Group, Product } from './world.ts';

/** A new group starts with the policies of the default one. Names need not differ. */
export function parseGroup(call: AmpCall): Pick<Group, 'name' | 'description' | 'policyGuids'> {
  const { name, description = '' } = call.fields;
  if (typeof name !== 'string' || name.trim() === '') return refuse(call, 400, 'name is required');
  if (typeof description !== 'string') return refuse(call, 400, 'description must be a string');
  const { groups, defaultGroupGuid } = call.business;
  return { name, description, policyGuids: { ...groups.get(defaultGroupGuid)?.policyGuids } };
}

export function parsePolicies(call: AmpCall): Partial<Record<Product, string>> {
  const given = Object.entries(call.fields);
  if (given.length === 0) refuse(call, 400, 'At least one policy is required');
  const pairs = given.map(([field, guid]) => {
    const product = field.slice(0, field.indexOf('_'));
    const policy = call.business.policies.get(String(guid));
    if (policy?.product !== product) {
      return refuse(call, 400, `${field} must be the GUID of a policy for ${product}`);
    }
    return [product, policy.guid] as const;
  });
  return Object.fromEntries(pairs);
}

/** Undefined makes the group a root. */
export function parseParent(call: AmpCall, { guid }: Group): string | undefined {
  const { parent_group_guid: parent } = call.fields;
  if (parent === undefined || parent === null) return undefined;
  if (typeof parent !== 'string' || !call.business.groups.has(parent)) {
    return refuse(call, 400, 'parent_group_guid must be the GUID of a group');
  }
  if (lineOf(call.business, parent).includes(guid)) {
    refuse(call, 400, 'A group cannot be below itself');
  }
  return parent;
}

/** The group and all groups above it. */
function lineOf({ groups }: Business, guid: string): string[] {
  const line: string[] = [];
  for (let next: string | undefined = guid; next !== undefined; ) {
    line.push(next);
    next = groups.get(next)?.parentGuid;
  }
  return line;
}
