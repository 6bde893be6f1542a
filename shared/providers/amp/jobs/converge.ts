/**
 * Brings computers to a state that AMP reaches by itself once it was asked: look, ask where that is
 * needed, come back later and look again, until all are there or the time to follow them is over.
 *
 * Guarantees: nobody is asked twice for what AMP has taken, whatever crashes; one computer's refusal
 * does not stop the others. A listing spares looks at single computers wherever it is fewer calls.
 */
import { ProviderError } from '../../../errors/provider-error.ts';
import { countItems, itemsOf } from '../../../jobs/item-runs.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { OperationCall } from '../../../jobs/operation.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { minutes } from '../../../kernel/duration.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { readComputer } from '../computer.ts';
import { listPages } from '../list-pages.ts';
import { PAGE_ROWS_MAX } from '../operation-params.ts';
import { operations } from '../operations.ts';
import type { Target } from './computer-targets.ts';
import { type Convergence, nextRound, withSeen, withStanding } from './convergence.ts';
import type { Standing } from './standing.ts';

export interface Goal {
  /** Which computers to list for a look at many; all by default. */
  readonly query?: NonNullable<OperationCall['query']>;
  readonly standingOf: (row: JsonObject) => Standing;
  readonly look: (guid: string) => Promise<Standing>;
  /** Asks AMP. After a refusal that only the state explains: the state. */
  readonly ask: (guid: string) => Promise<Standing>;
  /** Why a computer can never get there. */
  readonly impossible: string;
  /** How long to come back for what is pending; 0 is not at all. */
  readonly followMs: number;
}

export async function converge(
  context: JobContext,
  goal: Goal,
  targets: readonly Target[],
  begun: Convergence,
): Promise<Convergence> {
  const listed = await lookAtMany(context, goal, targets, begun);
  const at = await workRound(context, goal, targets, listed);
  if (at.pending.length === 0 || goal.followMs === 0 || context.observing) return at;
  const nowMs = context.nowMs();
  const untilMs = at.untilMs ?? nowMs + goal.followMs;
  if (nowMs >= untilMs) return at;
  const done = targets.length - countItems(at.pending);
  const progress = { done, total: targets.length, unit: 'computers' };
  context.checkpointAt(nextRound(at, untilMs), progress);
  return context.comeBackAt(Math.min(untilMs, nowMs + pauseMs(at.round)));
}

const PAUSE_MS_MAX = minutes(15);

/** Doubling: each look costs calls, and a machine that is switched off stays so for a while. */
const pauseMs = (round: number): number => Math.min(PAUSE_MS_MAX, minutes(2 ** round));

/** Lists computers as long as the pages ahead are fewer than the computers still to be looked at. */
async function lookAtMany(
  context: JobContext,
  goal: Goal,
  targets: readonly Target[],
  begun: Convergence,
): Promise<Convergence> {
  if (begun.listed) return begun;
  const open = new Set(itemsOf(begun.open));
  const items = itemsOf(begun.work.queue).filter((item) => !open.has(item));
  const unseen = new Map(items.map((item) => [targets[item]?.guid, item]));
  let at = begun;
  let fleet = begun.fleet ?? 0;
  const pagesFrom = (offset: number): number => Math.max(1, (fleet - offset) / PAGE_ROWS_MAX);
  if (unseen.size > pagesFrom(at.cursor ?? 0)) {
    const pages = listPages(context, {
      operation: operations.listComputers,
      key: `list-${at.round}`,
      ...(goal.query === undefined ? {} : { query: goal.query }),
      from: at.cursor ?? undefined,
      onTotal: (total) => {
        fleet = total;
      },
    });
    for await (const { rows, next } of pages) {
      const seen = new Map<number, Standing>();
      for (const row of rows.filter(isJsonObject)) {
        const { guid } = readComputer(row);
        const item = unseen.get(guid);
        if (item !== undefined) seen.set(item, goal.standingOf(row));
        unseen.delete(guid);
      }
      const listed = next === undefined || unseen.size <= pagesFrom(next);
      // Said with the page itself: who comes back for a look must not list again.
      at = { ...withSeen(at, seen), cursor: listed ? null : next, fleet, listed };
      context.checkpointAt(at);
      if (listed) break;
    }
  }
  return { ...at, cursor: null, listed: true };
}

async function workRound(
  context: JobContext,
  goal: Goal,
  targets: readonly Target[],
  begun: Convergence,
): Promise<Convergence> {
  let at = begun;
  const open = new Set(itemsOf(begun.open));
  const record = (item: number, standing: Standing, wrote: boolean): void => {
    at = { ...withStanding(at, item, standing, wrote), writing: null };
    if (standing !== 'impossible') return;
    throw new ProviderError('provider.rejected', goal.impossible);
  };
  const work = await workThrough(context, begun.work, {
    unit: 'computers',
    checkpointOf: (next) => ({ ...at, work: next }),
    async perform(item, present) {
      const guid = targets[item]?.guid ?? '';
      if (at.writing !== item && !open.has(item)) {
        const standing = await goal.look(guid);
        if (standing !== 'open') return record(item, standing, false);
      }
      // Stored before the write is sent: after a crash the write comes first, and asks what became
      // of itself.
      at = { ...at, writing: item };
      context.checkpointAt({ ...at, work: present });
      record(item, await goal.ask(guid), true);
    },
  });
  return { ...at, work };
}
