/** Each trouble with each request of a job, and with every request from the first on. */
import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs/job.ts';
import type { Operation } from '../../shared/jobs/operation.ts';
import { assertOnce, type JobTypeCase, type JobWorld, type Played, play } from './job-type-case.ts';
import type { Trouble } from './vendor-troubles.ts';

export interface Troubled<W extends JobWorld> {
  readonly start: () => Promise<W>;
  readonly given: JobTypeCase<W>;
  /** Paths of calls, those for a token left out. */
  readonly paths: string;
  readonly troubles: readonly Trouble[];
}

export function describeTroubles<W extends JobWorld>(troubled: Troubled<W>): void {
  const { start, given, troubles } = troubled;
  describe.each(troubles)('meets $name', (trouble) => {
    it('at any one request and comes to a typed end, its effect there once at most', async () => {
      const world = await start();
      const { calls } = await play(world, given);
      for (const [skip, { operation }] of calls.entries()) {
        if (!concerns(trouble, operation)) continue;
        const played = await playWith(world, troubled, trouble, { skip });
        const where = `${trouble.name} at ${operation.id} (${skip + 1} of ${calls.length})`;
        expectEnd(played, where);
        expect(allowedEnds(trouble, operation), where).toContain(played.job.status);
        if (mustBeDone(trouble, operation)) given.done(world, played.result);
      }
    });

    it('from the first request on and says so', async () => {
      const world = await start();
      const { calls } = await play(world, given);
      const [first] = calls;
      if (trouble.kind === 'wait' || !first || !concerns(trouble, first.operation)) return;
      const played = await playWith(world, troubled, trouble, { times: 1_000 });
      expectEnd(played, trouble.name);
      if (given.fine?.includes(trouble.name)) return expect(played.job.status).toBe('succeeded');
      expect(endOf(played.job)).toBeOneOf(endsOf(trouble, first.operation));
    });
  });
}

const playWith = <W extends JobWorld>(
  world: W,
  { given, paths: path }: Troubled<W>,
  { fault }: Trouble,
  script: { readonly skip?: number; readonly times?: number },
): Promise<Played<W>> =>
  play(world, given, { before: () => world.simulator.faults.add({ path, fault, ...script }) });

function expectEnd({ world, harness, job, arrivals }: Played<JobWorld>, where: string): void {
  const codes = harness.failures.map(({ code }) => code);
  expect(codes, where).not.toContain('internal.unexpected');
  expect(job.finishedAtMs, where).toBeDefined();
  assertOnce(world, arrivals);
}

const concerns = ({ kind }: Trouble, { repeat }: Operation): boolean =>
  kind !== 'unread' || repeat === 'safe';

const isHarmless = ({ repeat }: Operation): boolean => repeat === 'safe' || repeat === 'idempotent';

function allowedEnds({ kind }: Trouble, operation: Operation): readonly Job['status'][] {
  if (kind === 'wait') return ['succeeded'];
  if (kind === 'refusal') return ['failed', 'partial', 'succeeded'];
  if (isHarmless(operation)) return ['succeeded'];
  return operation.repeat === 'reconcile'
    ? ['succeeded', 'uncertain']
    : ['uncertain', 'partial', 'succeeded'];
}

/** Where a body was lost behind a status that counts, so is what the result might have said. */
const mustBeDone = ({ kind, counts }: Trouble, operation: Operation): boolean =>
  kind === 'wait' ||
  (kind !== 'refusal' && isHarmless(operation) && !(counts && operation.repeat !== 'safe'));

const endOf = ({ status, error }: Job): string => `${status} ${error?.code ?? ''}`;

function endsOf({ code, kind, counts }: Trouble, operation: Operation): string[] {
  const failed = `failed ${code}`;
  // Reads that come after the write fail for their own part.
  if (counts && operation.repeat !== 'safe') {
    return ['succeeded ', 'uncertain provider.no-answer', failed];
  }
  return kind === 'refusal' || isHarmless(operation)
    ? [failed]
    : [failed, 'uncertain provider.no-answer'];
}
