import type { JobTypeCase } from '../../../../contracts/job-type-case.ts';
import type { Pod } from '../pod.ts';

export type OpsRampCase = JobTypeCase<Pod>;

/** An id that nothing has. */
export const ABSENT = 'absent';

export const resourceIds = (pod: Pod): string[] => [...pod.tenant().resources.keys()];

/** The resources with an agent, all of them there. */
export function agents(pod: Pod): string[] {
  const found = [...pod.tenant().resources.values()].filter((it) => it.agentInstalled);
  for (const resource of found) resource.state = 'active';
  return found.map(({ id }) => id);
}
