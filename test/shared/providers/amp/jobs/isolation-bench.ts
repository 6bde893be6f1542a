/** Businesses whose computers stand as a test of isolation wants them, and how they stand then. */
import type { Computer } from '../../../../../local/simulators/amp/world.ts';
import { type Business, startBusiness } from '../business.ts';

export const ISOLATE = 'amp.computer.isolate';
export const RELEASE = 'amp.computer.release';
export const GONE = '00000000-0000-4000-8000-000000000000';

/** Every computer online, able and free, but those that `change` makes otherwise. */
export function settle(
  { computers }: Business,
  change: (computer: Computer, index: number) => void,
): void {
  for (const [index, computer] of computers().entries()) {
    computer.online = true;
    computer.isolation = { available: true, status: 'not_isolated' };
    change(computer, index);
  }
}

export async function startSettled(
  computers: number,
  change: Parameters<typeof settle>[1] = () => {},
) {
  const business = await startBusiness({ fleet: { computers, events: 0 } });
  settle(business, change);
  return business;
}

export const guidsOf = (business: Business): string[] =>
  business.computers().map(({ guid }) => guid);
export const statesOf = (business: Business): string[] =>
  business.computers().map(({ isolation }) => isolation.status);
export const outcomesOf = (rows: unknown): string[] =>
  (rows as { outcome: string }[]).map(({ outcome }) => outcome);
