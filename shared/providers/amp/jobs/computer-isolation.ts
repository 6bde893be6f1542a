/**
 * `amp.computer.isolate` and `amp.computer.release`: cuts computers off the network, all but their way
 * to AMP, and lets them back.
 *
 * Guarantees: a computer that is as wanted is not asked again; one that is on its way is followed by
 * later deliveries until it is there or the time is over; no unlock code is in a row, a result, an
 * event or a log, for none is ever kept.
 */
import * as z from 'zod';
import type { JobType } from '../../../jobs/job-type.ts';
import { minutes } from '../../../kernel/duration.ts';
import { operations } from '../operations.ts';
import { READ_AND_WRITE } from '../scopes.ts';
import { hasOneChoice, oneChoice, targetFields } from './computer-targets.ts';
import { CONVERGENCE_CALLS, followForMinutes, runConvergence } from './convergence-job.ts';
import { type Direction, isolationGoal, operationOf } from './isolation-goal.ts';

export const IsolationParams = z
  .strictObject({
    ...targetFields,
    comment: z.string().min(1).max(1_000).optional().describe('Shown in the AMP console.'),
    followForMinutes,
  })
  .refine(hasOneChoice, oneChoice);
export type IsolationParams = z.output<typeof IsolationParams>;

export const computerIsolate = isolationJob('isolate', {
  type: 'amp.computer.isolate',
  description: 'Isolates computers from the network and follows them until they are isolated.',
  example: {
    computers: ['1f9a3c52-77e4-4a0b-8d55-6b1c2e3f4a5b'],
    comment: 'Case 4711',
    followForMinutes: 120,
  },
});

export const computerRelease = isolationJob('release', {
  type: 'amp.computer.release',
  description: 'Ends the isolation of computers and follows them until it has ended.',
  example: { select: { groupGuids: ['6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34'] }, atMost: 25 },
});

function isolationJob(
  direction: Direction,
  names: Pick<JobType, 'type' | 'description' | 'example'>,
): JobType<IsolationParams> {
  return {
    ...names,
    provider: 'amp',
    params: IsolationParams,
    budget: 'account',
    // An isolation and the release after it must not change places.
    shards: 1,
    cost: {
      operations: [operations.listComputers, operations.getIsolation, operationOf(direction)],
      calls: CONVERGENCE_CALLS,
      permissions: READ_AND_WRITE,
    },
    async execute(context, { comment, followForMinutes: followFor, ...choice }) {
      const wish = { direction, comment, followMs: minutes(followFor) };
      const did = direction === 'isolate' ? 'isolated' : 'released';
      const goal = isolationGoal(context, wish);
      return runConvergence(context, choice, goal, { did, would: direction });
    },
  };
}
