/**
 * `amp.computers.move-group`: puts computers into another group, and comes back until they have a
 * policy of that group. The write is idempotent: a computer moved twice is where it should be.
 */
import * as z from 'zod';
import type { JobType } from '../../../jobs/job-type.ts';
import { minutes } from '../../../kernel/duration.ts';
import { Guid } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { READ_AND_WRITE } from '../scopes.ts';
import { hasOneChoice, oneChoice, targetFields } from './computer-targets.ts';
import { CONVERGENCE_CALLS, followForMinutes, runConvergence } from './convergence-job.ts';
import { moveGoal } from './move-goal.ts';

export const MoveGroupParams = z
  .strictObject({
    ...targetFields,
    group: Guid.describe('The group to move them to.'),
    followForMinutes,
  })
  .refine(hasOneChoice, oneChoice);
export type MoveGroupParams = z.output<typeof MoveGroupParams>;

export const computersMoveGroup: JobType<MoveGroupParams> = {
  type: 'amp.computers.move-group',
  provider: 'amp',
  description: 'Moves computers to a group and follows them until they have its policy.',
  params: MoveGroupParams,
  example: {
    computers: ['1f9a3c52-77e4-4a0b-8d55-6b1c2e3f4a5b'],
    group: '6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34',
  },
  budget: 'account',
  // Two moves of one computer must not change places.
  shards: 1,
  cost: {
    operations: [
      operations.listComputers,
      operations.getGroup,
      operations.getComputer,
      operations.moveComputer,
    ],
    calls: CONVERGENCE_CALLS,
    permissions: READ_AND_WRITE,
  },
  async execute(context, params) {
    const followMs = minutes(params.followForMinutes);
    const goal = await moveGoal(context, { groupGuid: params.group, followMs });
    return runConvergence(context, params, goal, { did: 'moved', would: 'move' });
  },
};
