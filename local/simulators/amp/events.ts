/**
 * Events, and how a business gets one.
 *
 * Ids are 64 bits wide: the second in the upper half, a running number in the lower. Two events of one
 * second therefore have ids that a double cannot tell apart, as the vendor's own have.
 */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { EVENT, eventTypeName } from './event-types.ts';
import { type Business, type Computer, offsetDate, type World } from './world.ts';

interface EventFile {
  readonly disposition: string;
  readonly file_name: string;
  readonly file_path: string;
  readonly identity: { readonly sha256: string; readonly sha1: string; readonly md5: string };
  readonly parent: { readonly file_name: string; readonly identity: { readonly sha256: string } };
}

/** In the vendor's spelling, but for the computer, of which an answer shows only a part. */
export interface AmpEvent {
  readonly id: bigint;
  readonly timestamp: number;
  readonly timestamp_nanoseconds: number;
  readonly date: string;
  readonly event_type: string;
  readonly event_type_id: number;
  readonly computer?: Computer;
  readonly connector_guid?: string;
  readonly group_guids?: readonly string[];
  readonly severity?: string;
  readonly detection?: string;
  readonly detection_id?: string;
  readonly hostname?: string;
  readonly file?: EventFile;
  readonly scan?: object;
  readonly error?: object;
  readonly network_info?: { readonly remote_ip: string; readonly dirty_url: string };
}

export type EventDetails = Omit<
  AmpEvent,
  'id' | 'timestamp' | 'timestamp_nanoseconds' | 'date' | 'event_type' | 'event_type_id'
>;

interface EventPlan extends EventDetails {
  readonly typeId: number;
  readonly atMs: number;
}

/** Puts an event into its place by time, behind those of the same second. */
export function recordEvent(world: World, { events }: Business, plan: EventPlan): AmpEvent {
  const event = createEvent(world, plan);
  const later = events.findLastIndex(({ timestamp }) => timestamp <= event.timestamp);
  events.splice(later + 1, 0, event);
  return event;
}

/** Policy updates come from an older part of the cloud, whose ids are small. */
const SMALL_IDS_FROM = 536_046n;

function createEvent(world: World, { typeId, atMs, ...details }: EventPlan): AmpEvent {
  const { computer } = details;
  const timestamp = Math.floor(atMs / 1_000);
  const running = world.nextNumber();
  const isSmall = typeId === EVENT.policyUpdate;
  return {
    id: BigInt(running) + (isSmall ? SMALL_IDS_FROM : BigInt(timestamp) << 32n),
    timestamp,
    timestamp_nanoseconds: Math.floor(atMs % 1_000) * 1_000_000 + (running % 1_000_000),
    date: offsetDate(atMs),
    event_type: eventTypeName(typeId),
    event_type_id: typeId,
    ...(computer === undefined
      ? {}
      : { connector_guid: computer.guid, group_guids: [computer.groupGuid] }),
    ...details,
  };
}

/** `content` stands for what is in the file: the same content has the same hashes. */
export function fileOf(content: string, sha256: string = sha256Hex(content)): EventFile {
  return {
    disposition: 'Malicious',
    file_name: `${content}.exe`,
    file_path: `\\\\?\\C:\\Users\\Public\\${content}.exe`,
    identity: {
      sha256,
      sha1: sha256Hex(`sha1 ${sha256}`).slice(0, 40),
      md5: sha256Hex(`md5 ${sha256}`).slice(0, 32),
    },
    parent: {
      file_name: 'explorer.exe',
      identity: { sha256: sha256Hex('explorer') },
    },
  };
}
