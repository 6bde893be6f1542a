/** The resources of a pod that have an agent: those that patches are about. */
import type { Pod } from '../pod.ts';

export const agents = (pod: Pod) =>
  [...pod.tenant().resources.values()].filter(({ agentInstalled }) => agentInstalled);
export const agentIds = (pod: Pod): string[] => agents(pod).map(({ id }) => id);
export const wake = (pod: Pod): void => {
  for (const resource of agents(pod)) resource.state = 'active';
};
