/**
 * An event of Cisco AMP, read leniently: of what an event may have, many have little.
 *
 * source: 'Cisco AMP API v1, observed'.
 */
import type { EventKind } from '../../jobs/ports.ts';
import { isJsonObject, type Json, type JsonObject, scalarText } from '../../kernel/json.ts';

/** Ids are 64 bits wide: as text they are exact everywhere, also where JSON knows only doubles. */
export function eventKey(event: JsonObject): string {
  const { id } = event;
  if (typeof id === 'bigint' || typeof id === 'string' || Number.isSafeInteger(id)) return `${id}`;
  const parts = ['timestamp', 'timestamp_nanoseconds', 'event_type_id', 'connector_guid'];
  return [...parts, 'detection_id'].map((name) => scalarText(event[name])).join('/');
}

/** The last second of the year 9999: what is later has no spelling in four digits of a year. */
const TIME_S_MAX = 253_402_300_799;

/** Seconds since the epoch; undefined where the event does not say. */
export function eventTimeS({ timestamp }: JsonObject): number | undefined {
  const isTime = typeof timestamp === 'number' && Number.isSafeInteger(timestamp);
  return isTime && timestamp >= 0 && timestamp <= TIME_S_MAX ? timestamp : undefined;
}

export function olderFirst(a: JsonObject, b: JsonObject): number {
  const bySecond = (eventTimeS(a) ?? 0) - (eventTimeS(b) ?? 0);
  return bySecond === 0 ? nanosOf(a) - nanosOf(b) : bySecond;
}

const nanosOf = ({ timestamp_nanoseconds: nanos }: JsonObject): number =>
  typeof nanos === 'number' ? nanos : 0;

/** What a rule needs to choose and to act; the whole event is in the result of the job. */
export function describeEvent(event: JsonObject): JsonObject {
  const computer = objectOf(event['computer']);
  const file = objectOf(event['file']);
  const atS = eventTimeS(event);
  return {
    eventId: eventKey(event),
    eventType: textOf(event['event_type']),
    eventTypeId: typeof event['event_type_id'] === 'number' ? event['event_type_id'] : null,
    at: atS === undefined ? null : instantOf(atS),
    severity: textOf(event['severity']),
    detection: textOf(event['detection']),
    detectionId: textOf(event['detection_id']),
    connectorGuid: textOf(event['connector_guid'] ?? computer['connector_guid']),
    hostname: textOf(computer['hostname'] ?? event['hostname']),
    groupGuids: listOf(event['group_guids']),
    file: {
      name: textOf(file['file_name']),
      path: textOf(file['file_path']),
      sha256: textOf(objectOf(file['identity'])['sha256']),
      disposition: textOf(file['disposition']),
    },
  };
}

/** What `amp.events.poll` tells of each event. */
export const ampEventFound: EventKind = {
  type: 'AmpEventFound',
  example: {
    eventId: '6839681950832132113',
    eventType: 'Threat Detected',
    eventTypeId: 1090519054,
    at: '2027-02-27T22:13:20Z',
    severity: 'Medium',
    detection: 'W32.Example.Gen',
    detectionId: '6839681950832132112',
    connectorGuid: '1f9a3c52-77e4-4a0b-8d55-6b1c2e3f4a5b',
    hostname: 'web-01',
    groupGuids: ['6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34'],
    file: {
      name: 'setup.exe',
      path: 'C:\\Users\\Public\\setup.exe',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      disposition: 'Malicious',
    },
  },
};

/** `2022-04-08T14:49:51Z` */
export const instantOf = (atS: number): string =>
  new Date(atS * 1_000).toISOString().replace('.000Z', 'Z');

/** An event on the bus has room for 256 KB in all. */
const TEXT_CHARS_MAX = 1_000;
const LIST_ITEMS_MAX = 50;

const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value.slice(0, TEXT_CHARS_MAX) : null;

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value.slice(0, LIST_ITEMS_MAX).map(textOf) : [];
