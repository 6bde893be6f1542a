/**
 * The alerts that a job acts on, where its caller selects them. An alert that is in the wanted state
 * already is no target.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import {
  getTargets as getChosen,
  LEFT_OUT,
  type SelectPhase,
  selectTargets as select,
  type Targets,
} from '../../../jobs/select-targets.ts';
import { type AlertSelection, alertQuery, isSelectedAlert } from '../alert-selection.ts';
import { idIn, listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { type AlertAction, hasReached } from './alert-actions.ts';

/** Half an hour of the budget; the list is in the row of the job, which is written after each. */
export const TARGETS_MAX = 5_000;

const alerts = { things: 'alerts', Target: z.string() } as const;

/** The targets of a selection that is over. */
export const getTargets = (context: JobContext): Promise<Targets<string>> =>
  getChosen(context, alerts);

export function selectTargets(
  context: JobContext,
  selection: AlertSelection,
  action: AlertAction,
  stored: SelectPhase | undefined,
): Promise<Targets<string>> {
  const search = { operation: operations.searchAlerts, queryString: alertQuery(selection) };
  const list = { ...search, idField: 'uniqueId', key: 'select' };
  return select(
    context,
    {
      ...alerts,
      keyOf: (id) => id,
      pages: (from = 1) => listPages(context, { ...list, from }),
      pick(alert) {
        if (!isSelectedAlert(selection, alert)) return undefined;
        return hasReached(action, alert) ? LEFT_OUT : idIn(alert, 'uniqueId');
      },
      assertFew,
    },
    stored,
  );
}

function assertFew(found: number): void {
  if (found <= TARGETS_MAX) return;
  const most = TARGETS_MAX.toLocaleString('en-US');
  throw new SluiceError('job.refused', `it selects more than ${most} alerts: narrow it down`);
}
