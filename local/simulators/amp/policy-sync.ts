import type { Business, Computer, World } from './world.ts';

/** Gives a connected computer the policy of its group, after the delay; a later call does it again. */
export function syncPolicy(
  world: World,
  { groups }: Business,
  computer: Computer,
  nowMs: number,
): void {
  if (!computer.online) return;
  world.later.at(nowMs + world.settings.policyDelayMs, () => {
    if (!computer.online) return;
    const group = groups.get(computer.groupGuid);
    computer.policyGuid = group?.policyGuids[computer.product] ?? computer.policyGuid;
  });
}

/** Puts a computer into another group; its policy follows later. */
export function moveComputer(
  world: World,
  business: Business,
  computer: Computer,
  groupGuid: string,
  nowMs: number,
): void {
  computer.groupGuid = groupGuid;
  syncPolicy(world, business, computer, nowMs);
}
