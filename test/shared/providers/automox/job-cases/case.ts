import type { JobTypeCase } from '../../../../contracts/job-type-case.ts';
import type { Console } from '../console.ts';

export type AutomoxCase = JobTypeCase<Console>;

/** An id that nothing has. */
export const ABSENT = 4_711;

export const groupIds = { workstations: 1_000_001, servers: 1_000_002, pilot: 1_000_003 } as const;

export const policyIds = {
  workstations: 1_000_100,
  servers: 1_000_101,
  worklet: 1_000_102,
} as const;

export const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);

/** As many devices, and each of them connected. */
export function connected(console: Console, devices: number): number[] {
  for (const device of console.devices()) Object.assign(device, { connected: true });
  return deviceIds(console).slice(0, devices);
}
