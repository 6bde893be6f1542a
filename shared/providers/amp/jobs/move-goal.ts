/**
 * A computer in another group. AMP answers 202 with the new group and the policy of the old one; the
 * move is over once the computer has a policy of the new group.
 *
 * source: 'Cisco AMP API v1, observed'.
 */
import * as z from 'zod';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { dataOf, readComputer, requireComputer } from '../computer.ts';
import { operations } from '../operations.ts';
import type { Goal } from './converge.ts';
import type { Standing } from './standing.ts';

export interface MoveWish {
  readonly groupGuid: string;
  readonly followMs: number;
}

/** Throws `provider.not-found` where there is no such group. */
export async function moveGoal(
  context: JobContext,
  { groupGuid, followMs }: MoveWish,
): Promise<Goal> {
  const policies = await policiesOf(context, groupGuid);
  const standingOf = (row: JsonObject): Standing => {
    const { groupGuid: group, policyGuid: policy } = readComputer(row);
    if (group !== groupGuid) return 'open';
    // A group that shows no policies says nothing of them: the group alone has to do.
    const synced = policies.length === 0 || policy === undefined || policies.includes(policy);
    return synced ? 'there' : 'asked';
  };
  return {
    standingOf,
    async look(guid) {
      const operation = operations.getComputer;
      const { body } = await context.call({ operation, key: `look-${guid}`, path: { guid } });
      return standingOf(requireComputer(body));
    },
    async ask(guid) {
      const { from, body } = await context.call({
        operation: operations.moveComputer,
        key: `move-${guid}`,
        path: { guid },
        body: { group_guid: groupGuid },
      });
      return from === 'observed' ? 'there' : standingOf(requireComputer(body));
    },
    impossible: 'the computer cannot be moved',
    followMs,
  };
}

const NOTE = 'group-policies';

/** Asked for once, and kept: each look back would be a call more. */
async function policiesOf(context: JobContext, guid: string): Promise<string[]> {
  const kept = z.safeParse(z.array(z.string()), await context.findNote(NOTE));
  if (kept.success) return kept.data;
  const group = { operation: operations.getGroup, key: 'group', path: { guid } };
  const { body } = await context.call(group);
  const rows = dataOf(body)?.['policies'];
  const policies = Array.isArray(rows) ? rows.filter(isJsonObject).flatMap(guidOf) : [];
  await context.putNote(NOTE, policies);
  return policies;
}

const guidOf = ({ guid }: JsonObject): string[] =>
  typeof guid === 'string' ? [guid.toLowerCase()] : [];
