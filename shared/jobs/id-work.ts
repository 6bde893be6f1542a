/**
 * One vendor call after the other for a list of things with an id: what became of each is kept, one
 * refusal does not stop the rest, and a retry does only what did not go well.
 */
import type { Json, JsonObject } from '../kernel/json.ts';
import { count } from './count.ts';
import type { JobContext, JobEnd } from './job-type.ts';
import { failedItems, findTotalFailure, resumeWork, type WorkList } from './work-list.ts';
import { workThrough } from './work-through.ts';

type Id = number | string;

export interface IdWork<T extends Id> {
  readonly ids: readonly T[];
  /** What one of them is: `device`. */
  readonly thing: string;
  /** As a checkpoint kept it. */
  readonly stored: WorkList | undefined;
  readonly perform: (id: T, item: number, work: WorkList) => Promise<void>;
  readonly checkpointOf: (work: WorkList) => Json;
}

/** Throws the error of a job of whose ids none went well. */
export async function workThroughIds<T extends Id>(
  context: JobContext,
  { ids, thing, stored, perform, checkpointOf }: IdWork<T>,
): Promise<WorkList> {
  const work = await workThrough(context, resumeWork(stored, context.run, ids.length), {
    unit: `${thing}s`,
    checkpointOf,
    async perform(item, at) {
      const id = ids[item];
      if (id !== undefined) await perform(id, item, at);
    },
  });
  const failure = findTotalFailure(work, ids.length);
  if (failure) throw failure;
  return work;
}

export interface IdWorkEnd {
  readonly ids: readonly Id[];
  readonly thing: string;
  /** What was done, up to the number: `queued Reboot for`. */
  readonly did: string;
  /** What it means that the fate of one is not known. */
  readonly unknown: string;
  /** Name of the number of those that went well, in the result. */
  readonly wellKey: string;
  readonly data: JsonObject;
  /** Of those that went well, how many needed nothing. */
  readonly needless?: { readonly items: readonly number[]; readonly why: string };
}

export function endOfIdWork(work: WorkList, end: IdWorkEnd): JobEnd {
  const { ids, thing, needless } = end;
  const idsOf = (items: readonly number[]) => items.flatMap((item) => ids[item] ?? []);
  const things = `${thing}s`;
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    [things]: idsOf(items),
  }));
  const uncertain = idsOf(work.uncertain);
  const refused = failedItems(work).length;
  const spared = needless?.items.length ?? 0;
  const well = ids.length - refused - uncertain.length - spared;
  const summary = [
    `${end.did} ${count(well, thing)}`,
    ...(needless && spared > 0 ? [`${spared} ${needless.why}`] : []),
    ...(refused > 0 ? [`${refused} failed`] : []),
    ...(uncertain.length > 0 ? [`${uncertain.length} uncertain: ${end.unknown}`] : []),
  ].join(', ');
  const counts = { [things]: ids.length, [end.wellKey]: well, failed, uncertain };
  const complete = refused + uncertain.length === 0;
  return { status: complete ? 'succeeded' : 'partial', summary, data: { ...end.data, ...counts } };
}
