/** What a patch policy installs: everything, by name, by severity, by hand or by advanced rows. */
import * as z from 'zod';
import { AdvancedFilterRow } from './advanced-filter.ts';
import { flag, quoted, says } from './wording.ts';

/** source: 'Automox developer portal: Create a new policy', patch_rule. */
export const PATCH_RULES = ['all', 'filter', 'manual', 'advanced'] as const;
/** source: the same page, filter_type: "Use only with patch_rule of filter". */
export const FILTER_TYPES = ['include', 'exclude', 'severity'] as const;
/** source: the same page, severity_filter; no_known_cves is in the OpenAPI description only. */
const SEVERITIES = [
  'no_known_cves',
  'none',
  'unknown',
  'low',
  'medium',
  'high',
  'critical',
] as const;

export type PatchRule = (typeof PATCH_RULES)[number];

const pattern = says('must be a part of a patch name, with * as wildcard, such as "*KB2267602*"');

export const patchFields = {
  patch_rule: z.enum(PATCH_RULES, says(`must be ${quoted(PATCH_RULES)}`)).nullish(),
  filter_type: z
    .string(says(`must be ${quoted(FILTER_TYPES)}`))
    .nullish()
    .describe('include, exclude or severity with patch_rule filter; "all" is sent with any other'),
  filters: z
    .array(z.string(pattern).min(1, pattern), says('must be a list of names, such as ["*KB1*"]'))
    .nullish()
    .describe('Patch names with * as wildcard, for filter_type include or exclude'),
  severity_filter: z
    .array(
      z.enum(SEVERITIES, says(`must be ${quoted(SEVERITIES)}`)),
      says('must be a list of severities, such as ["high", "critical"]'),
    )
    .nullish()
    .describe('For filter_type severity'),
  advanced_filter: z
    .array(AdvancedFilterRow, says('must be a list of {"left", "condition", "right"} rows'))
    .nullish()
    .describe('For patch_rule advanced; rows are combined by AND'),
  include_optional: flag().describe('Also install optional Windows patches; default false'),
};
