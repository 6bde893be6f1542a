/**
 * The callers: each wants one job, sends it until it is accepted, and may cancel it or send its key
 * again with another body.
 */

import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { isoInstant } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { ACCOUNT } from './configured.ts';
import { Died } from './environment.ts';
import type { Work } from './plan.ts';
import { INTAKE, type Services } from './services.ts';
import type { Sluice } from './sluice.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { World } from './world.ts';

export interface Wanted {
  readonly work: Work;
  readonly id: string;
  accepted: boolean;
  /** Its deadline passed before anybody answered: the caller was told, and nothing is owed. */
  refused: boolean;
  cancelAsked: boolean;
}

const TRY_AGAIN_MS = seconds(3);

export function startTraffic(
  world: World,
  sluice: Sluice,
  services: Services,
  vendor: SimulatedVendor,
): readonly Wanted[] {
  return world.plan.work.map((work) => {
    const asked = { accepted: false, refused: false, cancelAsked: false };
    const wanted: Wanted = { work, id: idOf(work), ...asked };
    world.at(work.atMs, () => void send(world, sluice, services, vendor, wanted));
    const { cancelAfterMs, conflictAfterMs } = work;
    if (cancelAfterMs !== undefined) {
      world.at(work.atMs + cancelAfterMs, () => void cancel(world, sluice, wanted));
    }
    if (conflictAfterMs !== undefined) {
      world.at(work.atMs + conflictAfterMs, () => void conflict(world, sluice, vendor, wanted));
    }
    return wanted;
  });
}

/** A message that lay in the intake queue until its deadline: recorded as wrong, and kept. */
export const isTooLate = ({ rejected }: Services, work: Work): boolean =>
  work.deadlineMs !== undefined && rejected.some(({ body }) => body.includes(`"${keyOf(work)}"`));

const keyOf = ({ name }: Work): string => `work ${name}`;
export const idOf = (work: Work): string => derivedId('job', ACCOUNT, keyOf(work));

function messageOf(world: World, vendor: SimulatedVendor, work: Work): object {
  const { tenant, urgent, deadlineMs } = work;
  const { type, params } = vendor.workOf(work);
  return {
    type,
    account: ACCOUNT,
    params,
    tenant,
    priority: urgent ? 'urgent' : 'normal',
    idempotencyKey: keyOf(work),
    ...(deadlineMs === undefined
      ? {}
      : { deadline: isoInstant(world.startMs + work.atMs + deadlineMs) }),
  };
}

async function send(
  world: World,
  sluice: Sluice,
  services: Services,
  vendor: SimulatedVendor,
  wanted: Wanted,
): Promise<void> {
  const { work } = wanted;
  const message = messageOf(world, vendor, work);
  world.trace.add(
    'caller',
    () => `sends ${work.kind} ${work.name} of ${work.tenant} (${work.way})`,
  );
  if (work.way === 'queue') {
    const queue = services.sqs.model.getQueue(INTAKE);
    queue.send({ body: JSON.stringify(message) }, world.clock.nowMs());
    wanted.accepted = true;
    return;
  }
  while (!wanted.accepted) {
    try {
      await sluice.call({ kind: 'submit', message });
      wanted.accepted = true;
    } catch (error) {
      if (!isPassing(error)) {
        wanted.refused = work.deadlineMs !== undefined;
        if (wanted.refused) return;
        world.oracle.accuse('outcome', `${work.kind} ${work.name} was refused: ${String(error)}`);
        return;
      }
      await world.clock.sleep(TRY_AGAIN_MS);
    }
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof Died || (error instanceof SluiceError && error.code === 'store.unavailable');

async function cancel(world: World, sluice: Sluice, wanted: Wanted): Promise<void> {
  wanted.cancelAsked = true;
  world.trace.add('caller', () => `cancels work ${wanted.work.name}`);
  await sluice.call({ kind: 'cancel', id: wanted.id }).catch(() => undefined);
}

/** Only a key that is taken can be taken twice. */
async function conflict(
  world: World,
  sluice: Sluice,
  vendor: SimulatedVendor,
  { work, accepted, id }: Wanted,
): Promise<void> {
  if (!accepted || work.way === 'queue') return;
  const message = { ...messageOf(world, vendor, work), correlationId: 'another body' };
  try {
    await sluice.call({ kind: 'submit', message });
  } catch {
    return;
  }
  world.oracle.accuse('key', `the key of ${id} was taken with another body`);
}
