/**
 * Which filters a patch rule needs. A filter that its rule does not use is no mistake: the vendor's
 * own samples send all of them at once. One that is needed and absent would patch the wrong things.
 */
import type * as z from 'zod';
import { FILTER_TYPES, type PatchRule } from './patch-fields.ts';
import { quoted } from './wording.ts';

export interface PatchSelection {
  readonly patch_rule?: PatchRule | null | undefined;
  readonly filter_type?: string | null | undefined;
  readonly filters?: readonly string[] | null | undefined;
  readonly severity_filter?: readonly string[] | null | undefined;
  readonly advanced_filter?: readonly unknown[] | null | undefined;
}

/** The rule in force: a filter_type that only "filter" has a use for implies it. */
export function effectivePatchRule(patch: PatchSelection): PatchRule | undefined {
  return patch.patch_rule ?? (isFilterType(patch.filter_type) ? 'filter' : undefined);
}

export function checkPatchRule(patch: PatchSelection, ctx: z.RefinementCtx): void {
  const found = findPatchRuleProblem(patch);
  if (found === undefined) return;
  ctx.addIssue({ code: 'custom', path: [found.key], message: found.problem });
}

interface PatchRuleProblem {
  readonly key: keyof PatchSelection;
  readonly problem: string;
}

function findPatchRuleProblem(patch: PatchSelection): PatchRuleProblem | undefined {
  switch (effectivePatchRule(patch)) {
    case 'filter':
      return findFilterProblem(patch);
    case 'advanced':
      return isEmpty(patch.advanced_filter)
        ? { key: 'advanced_filter', problem: 'needs one or more rows with patch_rule "advanced"' }
        : undefined;
    case undefined:
      return saysNothing(patch)
        ? undefined
        : {
            key: 'patch_rule',
            problem: 'is missing beside filters: set "filter" (with filter_type) or "advanced"',
          };
    default:
      return undefined;
  }
}

function findFilterProblem(patch: PatchSelection): PatchRuleProblem | undefined {
  const type = patch.filter_type;
  if (!isFilterType(type)) {
    const problem = `must be ${quoted(FILTER_TYPES)} with patch_rule "filter"`;
    return { key: 'filter_type', problem };
  }
  const key = type === 'severity' ? 'severity_filter' : 'filters';
  if (!isEmpty(patch[key])) return undefined;
  return { key, problem: `needs one or more entries with filter_type "${type}"` };
}

export const isFilterType = (type: unknown): boolean =>
  FILTER_TYPES.some((known) => known === type);

const isEmpty = (list: readonly unknown[] | null | undefined): boolean => (list ?? []).length === 0;

/** source: 'Automox developer portal: Create a new policy': "all" is sent with patch_rule "all". */
const saysNothing = (patch: PatchSelection): boolean =>
  [undefined, null, '', 'all', 'null'].includes(patch.filter_type) &&
  [patch.filters, patch.severity_filter, patch.advanced_filter].every(isEmpty);
