import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { detailsOf } from './event-history.ts';
import { EVENT } from './event-types.ts';
import { type AmpEvent, fileOf, recordEvent } from './events.ts';
import type { Business, Computer, World } from './world.ts';

export interface Detection {
  /** Connector GUID or hostname; null for an event that names no computer. Default: any of them. */
  readonly computer?: string | null | undefined;
  /** Id of the event type. Default: Threat Detected. */
  readonly typeId?: number | undefined;
  readonly severity?: string | undefined;
  readonly detection?: string | undefined;
  /** Of the file. */
  readonly sha256?: string | undefined;
  /** Earlier than now for an event that reaches the cloud late. Default: now. */
  readonly atMs?: number | undefined;
}

/** Throws RangeError when the computer or the event type is unknown. */
export function detect(
  world: World,
  business: Business,
  nowMs: number,
  wanted: Detection = {},
): AmpEvent {
  const { typeId = EVENT.threatDetected, atMs = nowMs, severity, detection, sha256 } = wanted;
  const number = world.nextNumber();
  const computer = getComputer(business, wanted.computer ?? anyGuid(business, number));
  const { computer: known, ...details } = detailsOf(typeId, computer, `dropper-${number}`, atMs);
  return recordEvent(world, business, {
    typeId,
    atMs,
    ...details,
    ...(known === undefined || wanted.computer === null ? {} : { computer: known }),
    detection_id: BigInt(`0x${sha256Hex(`detection ${number}`).slice(0, 15)}`).toString(),
    ...(severity === undefined ? {} : { severity }),
    ...(detection === undefined ? {} : { detection }),
    ...(sha256 === undefined ? {} : { file: fileOf(`dropper-${number}`, sha256) }),
  });
}

/** By connector GUID or hostname. Throws RangeError. */
export function getComputer({ computers }: Business, name: string): Computer {
  const computer =
    computers.get(name) ?? computers.values().find(({ hostname }) => hostname === name);
  if (computer === undefined) throw new RangeError(`no computer ${name}`);
  return computer;
}

/** Not at random: the same runs detect on the same computers. */
function anyGuid({ computers }: Business, number: number): string {
  const guids = [...computers.keys()];
  return guids[number % guids.length] ?? '';
}
