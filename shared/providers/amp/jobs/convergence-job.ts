/** What jobs have in common that bring computers somewhere: choose them, converge, report. */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { SelectPhase } from '../../../jobs/select-targets.ts';
import { type Choice, chooseTargets, getTargets } from './computer-targets.ts';
import { converge, type Goal } from './converge.ts';
import { beginConvergence, Convergence, retryConvergence } from './convergence.ts';
import { endOfConvergence, type Wording } from './convergence-end.ts';

const Checkpoint = z.discriminatedUnion('phase', [SelectPhase, Convergence]);

export const CONVERGENCE_CALLS =
  'one for each computer to ask, and at each look one for each computer or one for each 500 of the list, whichever are fewer';

export const followForMinutes = z
  .int()
  .min(0)
  .max(7 * 24 * 60)
  .default(60)
  .describe('How long to come back for what is pending once AMP was asked; 0 is not at all.');

export async function runConvergence(
  context: JobContext,
  choice: Choice,
  goal: Goal,
  wording: Omit<Wording, 'pendingIsFine'>,
): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const chosen = stored?.phase === 'converge';
  const targets = chosen
    ? await getTargets(context, choice)
    : await chooseTargets(context, choice, stored, goal.standingOf);
  const begun = chosen ? resumed(stored, context.run) : beginConvergence(targets, context.run);
  context.checkpointAt(begun);
  const at = await converge(context, goal, targets, begun);
  return endOfConvergence(context, targets, at, {
    ...wording,
    pendingIsFine: goal.followMs === 0,
  });
}

const resumed = (at: Convergence, run: number): Convergence =>
  at.run === run ? at : retryConvergence(at, run);
