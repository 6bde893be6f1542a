/**
 * What a delivery read before it had to go back to the queue for its next permit. The next delivery
 * begins the step anew and is given those answers: made again, each read would take the permit that the
 * job came for, and where permits come one at a time the step would never end.
 *
 * Guarantees: each answer is given once a delivery, to the very same call, for `READ_LIVES_MS` at most,
 * and never after the job has written or found what it wrote. Where they are lost, reads are made again.
 */
import * as z from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { hours } from '../kernel/duration.ts';
import { randomId } from '../kernel/ids.ts';
import { canonicalJson, type Json } from '../kernel/json.ts';
import type { Delivery } from './delivery.ts';
import type { Job } from './job.ts';
import type { VendorAnswer } from './job-type.ts';
import type { OperationCall } from './operation.ts';
import type { ResultStore } from './ports.ts';
import { unlessStoreFails } from './unless-store-fails.ts';

/** What was read is a little old in any case; a line that waits longer for one permit reads again. */
const READ_LIVES_MS = hours(1);

/** A step of more reads than this should be several, with a checkpoint after each. */
const READS_MAX = 100;

const NOTE = 'reads';

const Read = z.strictObject({
  operation: z.string(),
  key: z.string(),
  /** Canonical JSON of what was asked. */
  asked: z.string(),
  atMs: z.number(),
  status: z.int(),
  body: z.custom<Json>((value) => value !== undefined),
});
type Read = z.output<typeof Read>;

/** The row names the note it goes with, so that one of a delivery that was overtaken is not believed. */
const Note = z.strictObject({ id: z.string(), reads: z.array(Read) });

export interface KeptReads {
  /** What a delivery before was answered to `call`, else what `read` gives. */
  recall(call: OperationCall, read: () => Promise<VendorAnswer>): Promise<VendorAnswer>;
  /** The job got to a new checkpoint: what it read for the step before is not asked for again. */
  stepDone(): void;
  /** The vendor is another than it was: nothing that was read before says how it stands. */
  forget(): void;
  /** Keeps what this delivery read and was given, for the next one. */
  keep(): Promise<void>;
}

export function createKeptReads(deps: {
  readonly delivery: Delivery;
  readonly results: ResultStore;
  readonly clock: Clock;
}): KeptReads {
  const { delivery, results, clock } = deps;
  let earlier: Read[] | undefined;
  let used: Read[] = [];
  let isNew = false;

  const load = async (): Promise<Read[]> => {
    const { job } = delivery;
    if (!areValid(job)) return [];
    const stored = await unlessStoreFails(results.findNote(job, NOTE), undefined);
    const note = z.safeParse(Note, stored).data;
    if (!note || note.id !== job.keptReads?.id) return [];
    return note.reads.filter(({ atMs }) => atMs + READ_LIVES_MS > clock.nowMs());
  };

  return {
    async recall(call, read) {
      earlier ??= await load();
      const asked = askedOf(call);
      const at = earlier.findIndex((it) => isOf(it, call) && it.asked === asked);
      const [known] = at < 0 ? [] : earlier.splice(at, 1);
      if (known) {
        used.push(known);
        return { from: 'wire', status: known.status, body: known.body };
      }
      const { key, operation } = call;
      const answer = await read();
      if (!hasSecrets(answer) && used.length < READS_MAX) {
        const { status, body } = answer;
        used.push({ operation: operation.id, key, asked, atMs: clock.nowMs(), status, body });
        isNew = true;
      }
      return answer;
    },
    stepDone() {
      used = [];
    },
    forget() {
      earlier = [];
      used = [];
    },
    async keep() {
      if (used.length === 0 || (!isNew && areValid(delivery.job))) return;
      const id = randomId('r');
      const put = results.putNote(delivery.job, NOTE, { id, reads: used });
      const isKept = await unlessStoreFails(
        put.then(() => true),
        false,
      );
      if (isKept) delivery.change((job) => ({ ...job, keptReads: { id, attempts: job.attempts } }));
    },
  };
}

/** Every request that reaches the vendor is an attempt: none has since they were kept. */
const areValid = ({ keptReads, attempts }: Job): boolean => keptReads?.attempts === attempts;

const hasSecrets = ({ sealed = {} }: VendorAnswer): boolean => Object.keys(sealed).length > 0;

const askedOf = ({ path, query, body }: OperationCall): string =>
  canonicalJson({ path: path ?? null, query: query ?? null, body: body ?? null });

const isOf = (read: Read, { key, operation }: OperationCall): boolean =>
  read.key === key && read.operation === operation.id;
