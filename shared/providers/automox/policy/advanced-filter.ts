/**
 * The rows of an advanced patch policy: which conditions go with which left value, and which right
 * values with those. Rows are combined by AND. Automox answers 400 to anything else.
 *
 * source: 'Automox developer portal: Create a new policy', Note: Advanced Filter, joined with the
 * values that only the OpenAPI description lists (unknown, no_known_cves, patch-days-old).
 */
import * as z from 'zod';
import { quoted, says } from './wording.ts';

const EQUALITY = ['is', 'is-not'] as const;
const OR_EQUAL = ['less-than-or-equal-to', 'greater-than-or-equal-to'] as const;
const ORDER = ['less-than', 'greater-than', ...OR_EQUAL] as const;
const CONTAINMENT = ['contains', 'does-not-contain'] as const;
const PATCH_AGE_DAYS = { min: 1, max: 180 } as const;

const SEVERITIES = [
  'none',
  'low',
  'medium',
  'high',
  'critical',
  'other',
  'unknown',
  'no_known_cves',
] as const;
const SOURCES = [
  'windowsupdate',
  'opera',
  'mozilla',
  'adobe',
  'oracle',
  'apple',
  'microsoft',
] as const;
const SYSTEMS = ['windows', 'mac', 'linux'] as const;
const TYPES = [
  'upgrades',
  'updates',
  'update-rollups',
  'service-packs',
  'security-updates',
  'tools',
  'guidance',
  'feature-packs',
  'developer-kits',
  'definition-updates',
  'critical-updates',
  'connectors',
  'application',
] as const;

const row = <Left extends string, Right extends z.ZodType>(
  left: Left,
  conditions: readonly string[],
  right: Right,
) =>
  z.strictObject({
    left: z.literal(left),
    condition: z.enum(conditions, says(`must be ${quoted(conditions)} where left is "${left}"`)),
    right,
  });

const oneOf = (left: string, values: readonly string[]) =>
  z.enum(values, says(`must be ${quoted(values)} where left is "${left}"`));

const text = says('must be the text to look for in the display name');
const { min, max } = PATCH_AGE_DAYS;
const age = says(`must be whole days from ${min} to ${max} where left is "patch-days-old"`);

const rows = [
  row('display-name', CONTAINMENT, z.string(text).min(1, text)),
  row('severity', [...EQUALITY, ...OR_EQUAL], oneOf('severity', SEVERITIES)),
  row('patch-source', EQUALITY, oneOf('patch-source', SOURCES)),
  row('patch-os', EQUALITY, oneOf('patch-os', SYSTEMS)),
  row('type', EQUALITY, oneOf('type', TYPES)),
  row('patch-days-old', [...EQUALITY, ...ORDER], z.int(age).min(min, age).max(max, age)),
] as const;

const lefts = quoted(rows.map(({ shape }) => shape.left.value));

export const AdvancedFilterRow = z.discriminatedUnion('left', rows, says(`must be ${lefts}`));
