import type { Computer } from '../../../../../local/simulators/amp/world.ts';
import type { JobTypeCase } from '../../../../contracts/job-type-case.ts';
import type { Business } from '../business.ts';

export type AmpCase = JobTypeCase<Business>;

/** A GUID that nothing has. */
export const ABSENT = '00000000-0000-4000-8000-000000000000';

export const guids = (business: Business): string[] => business.computers().map(({ guid }) => guid);

/** As many computers, all online and able to be isolated; `change` makes the first ones otherwise. */
export function settled(
  business: Business,
  count: number,
  change: (computer: Computer) => void = () => {},
): string[] {
  for (const [index, computer] of business.computers().entries()) {
    computer.online = true;
    computer.isolation = { available: true, status: 'not_isolated' };
    if (index < count) change(computer);
  }
  return guids(business).slice(0, count);
}
