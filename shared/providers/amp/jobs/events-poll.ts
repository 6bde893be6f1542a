/**
 * `amp.events.poll`: tells of every event that is new since the last poll, oldest first, as an event on
 * the bus and as a row of the result. AMP has no webhooks.
 *
 * Guarantees: no event that AMP shows within the overlap is missed, also where others arrive between
 * two pages, whatever crashes; the result of a poll holds each new event once. On the bus each is told
 * at least once, always with the same id.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { canonicalJson, type JsonObject } from '../../../kernel/json.ts';
import {
  ampEventFound,
  describeEvent,
  eventKey,
  eventTimeS,
  instantOf,
  olderFirst,
} from '../event.ts';
import { EventTypeId, Guid, Sha256 } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { READ_ONLY } from '../scopes.ts';
import { advance, EventCursor, type EventSeen, findCursor, keepCursor } from './event-cursor.ts';
import { getEvents, ReadPhase, readEvents } from './event-pages.ts';

const OVERLAP_MINUTES_MAX = 7 * 24 * 60;

const filterFields = {
  eventTypes: z.array(EventTypeId).min(1).max(200).optional().describe('Only of these numbers.'),
  computers: z.array(Guid).min(1).max(100).optional().describe('Only of these connector GUIDs.'),
  groups: z.array(Guid).min(1).max(100).optional().describe('Only of members of these groups.'),
  detectedFile: Sha256.optional().describe('Only of this file, by its SHA-256.'),
  application: Sha256.optional().describe('Only where this program was the parent, by SHA-256.'),
};

export const EventsPollParams = z.strictObject({
  cursor: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9 and "-"')
    .default('default')
    .describe('The name under which the account keeps how far this poll has come.'),
  ...filterFields,
  since: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 instant with a zone' })
    .optional()
    .describe('Where the first poll of this cursor begins; default one overlap ago.'),
  overlapMinutes: z
    .int()
    .min(1)
    .max(OVERLAP_MINUTES_MAX)
    .default(60)
    .describe('How late AMP may show an event that is dated earlier.'),
});
export type EventsPollParams = z.output<typeof EventsPollParams>;

const TellPhase = z.object({
  phase: z.literal('tell'),
  run: z.int(),
  startS: z.int(),
  pages: z.int(),
  /** Pages told of, the last one first. */
  told: z.int(),
  /** Events that were new among them. */
  found: z.int(),
});
type TellPhase = z.output<typeof TellPhase>;

const Checkpoint = z.discriminatedUnion('phase', [ReadPhase, TellPhase]);

export const eventsPoll: JobType<EventsPollParams> = {
  type: 'amp.events.poll',
  provider: 'amp',
  description: 'Tells of every event since the last poll, oldest first, on the bus and as NDJSON.',
  params: EventsPollParams,
  example: { cursor: 'detections', eventTypes: [1090519054, 553648143], overlapMinutes: 120 },
  budget: 'account',
  // Two polls of one cursor at once would both tell of the same events.
  shards: 1,
  cost: {
    operations: [operations.listEvents],
    calls: 'one for each 500 events since the last poll, less the overlap',
    permissions: READ_ONLY,
  },
  tells: ampEventFound,
  execute: pollEvents,
};

async function pollEvents(context: JobContext, params: EventsPollParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const goesOn = stored?.run === context.run ? stored : undefined;
  const before = await cursorBefore(context, params);
  const overlapS = params.overlapMinutes * 60;
  const startS = goesOn?.startS ?? Math.max(before.fromS, before.markS - overlapS);
  const at = goesOn?.phase === 'tell' ? goesOn : await read(context, params, startS, goesOn);
  return tell(context, params, before, at);
}

const NOTE = 'cursor-before';

const Noted = z.object({ run: z.int(), cursor: EventCursor });

/**
 * As this run found it first: a delivery that follows one that was cut must come to the same events,
 * also where that one had moved the cursor on already.
 */
async function cursorBefore(context: JobContext, params: EventsPollParams): Promise<EventCursor> {
  const noted = z.safeParse(Noted, await context.findNote(NOTE));
  if (noted.data?.run === context.run) return noted.data.cursor;
  const filter = filterOf(params);
  const cursor = (await findCursor(context, params.cursor, filter)) ?? first(context, params);
  await context.putNote(NOTE, { run: context.run, cursor });
  return cursor;
}

function first(context: JobContext, params: EventsPollParams): EventCursor {
  const { since, overlapMinutes } = params;
  const nowS = Math.floor(context.nowMs() / 1_000);
  const fromS =
    since === undefined ? nowS - overlapMinutes * 60 : Math.floor(Date.parse(since) / 1_000);
  return { markS: fromS, fromS, seen: [], filter: filterOf(params) };
}

const filterOf = ({ cursor: _c, since: _s, overlapMinutes: _o, ...filter }: EventsPollParams) =>
  canonicalJson(filter);

async function read(
  context: JobContext,
  params: EventsPollParams,
  startS: number,
  begun: ReadPhase | undefined,
): Promise<TellPhase> {
  const query = {
    start_date: instantOf(startS),
    'event_type[]': params.eventTypes,
    'connector_guid[]': params.computers,
    'group_guid[]': params.groups,
    detection_sha256: params.detectedFile,
    application_sha256: params.application,
  };
  const pages = await readEvents(context, query, startS, begun);
  return { phase: 'tell', run: context.run, startS, pages, told: 0, found: 0 };
}

/** From the last page to the first: AMP lists the newest events first. */
async function tell(
  context: JobContext,
  params: EventsPollParams,
  before: EventCursor,
  begun: TellPhase,
): Promise<JobEnd> {
  let at = begun;
  const all: EventSeen[] = [];
  const known = new Set(before.seen);
  for (let turn = 0; turn < at.pages; turn += 1) {
    const events = await getEvents(context, at.pages - 1 - turn);
    for (const event of events) all.push({ key: eventKey(event), atS: eventTimeS(event) });
    const fresh = events.toSorted(olderFirst).filter((event) => isFirst(eventKey(event), known));
    if (turn < begun.told) continue;
    if (!context.observing) await context.emit(fresh.map((event) => busEvent(context, event)));
    await context.putPart(turn, fresh);
    at = { ...at, told: turn + 1, found: at.found + fresh.length };
    context.checkpointAt(at, { done: at.told, total: at.pages, unit: 'pages' });
  }
  const nowS = Math.floor(context.nowMs() / 1_000);
  const { startS, found, pages } = at;
  const after = advance(before, all, { startS, overlapS: params.overlapMinutes * 60, nowS });
  if (!context.observing) await keepCursor(context, params.cursor, after);
  const since = `since ${instantOf(before.markS)}`;
  return { status: 'succeeded', summary: `${count(found, 'new event')} ${since}`, parts: pages };
}

function isFirst(key: string, known: Set<string>): boolean {
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

const busEvent = (context: JobContext, event: JsonObject) => ({
  id: `amp/${context.accountName}/${eventKey(event)}`,
  type: ampEventFound.type,
  atMs: (eventTimeS(event) ?? Math.floor(context.nowMs() / 1_000)) * 1_000,
  detail: describeEvent(event),
});
