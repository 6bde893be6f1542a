/**
 * The isolation of a computer: not_isolated → pending_start → isolated → pending_stop → not_isolated.
 * The cloud only asks: a computer that is offline stays pending until it is back.
 */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Computer, Isolation, World } from './world.ts';

const NEXT: Partial<Record<Isolation['status'], Isolation['status']>> = {
  pending_start: 'isolated',
  pending_stop: 'not_isolated',
};

/** The methods that would succeed now, reading ones included. */
export function allowedMethods({ isolation: { available, status } }: Computer): string[] {
  const reading = ['OPTIONS', 'GET'];
  if (available && status === 'not_isolated') return [...reading, 'PUT'];
  return status === 'isolated' ? [...reading, 'DELETE'] : reading;
}

export interface IsolationWish {
  /** Made up when absent. */
  readonly unlockCode: string | undefined;
  readonly comment: string | undefined;
  readonly isolatedBy: string | undefined;
}

export function startIsolation(
  world: World,
  computer: Computer,
  { unlockCode, comment, isolatedBy }: IsolationWish,
  nowMs: number,
): void {
  const { available } = computer.isolation;
  const madeUp = sha256Hex(`unlock ${world.nextNumber()}`).slice(0, 8);
  computer.isolation = {
    available,
    status: 'pending_start',
    unlockCode: unlockCode ?? madeUp,
    ...(comment === undefined ? {} : { comment }),
    ...(isolatedBy === undefined ? {} : { isolatedBy }),
  };
  followUp(world, computer, nowMs);
}

export function stopIsolation(
  world: World,
  computer: Computer,
  comment: string | undefined,
  nowMs: number,
): void {
  computer.isolation = {
    ...computer.isolation,
    status: 'pending_stop',
    ...(comment === undefined ? {} : { comment }),
  };
  followUp(world, computer, nowMs);
}

/** Has a pending change done after its delay, if the computer is connected then. */
export function followUp(world: World, computer: Computer, nowMs: number): void {
  const asked = computer.isolation;
  const status = NEXT[asked.status];
  if (status === undefined || !computer.online) return;
  world.later.at(nowMs + world.settings.isolationDelayMs, () => {
    if (computer.isolation !== asked || !computer.online) return;
    computer.isolation =
      status === 'isolated' ? { ...asked, status } : { available: asked.available, status };
  });
}
