/** The rows that an advanced filter may have; anything else is refused with 400. */
import type { Body } from './org-route.ts';

const IS = ['is', 'is-not'];
const ORDER = ['less-than-or-equal-to', 'greater-than-or-equal-to'];

interface Left {
  readonly conditions: readonly string[];
  readonly right: (value: unknown) => boolean;
}

const among =
  (...allowed: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && allowed.includes(value);

const LEFTS: Readonly<Record<string, Left>> = {
  'display-name': {
    conditions: ['contains', 'does-not-contain'],
    right: (value) => typeof value === 'string' && value !== '',
  },
  severity: {
    conditions: [...IS, ...ORDER],
    right: among(
      ...['none', 'low', 'medium', 'high', 'critical', 'other', 'unknown', 'no_known_cves'],
    ),
  },
  'patch-source': {
    conditions: IS,
    right: among(...['windowsupdate', 'opera', 'mozilla', 'adobe', 'oracle', 'apple', 'microsoft']),
  },
  'patch-os': { conditions: IS, right: among('windows', 'mac', 'linux') },
  type: {
    conditions: IS,
    right: among(
      ...['upgrades', 'updates', 'update-rollups', 'service-packs', 'security-updates', 'tools'],
      ...['guidance', 'feature-packs', 'developer-kits', 'definition-updates'],
      ...['critical-updates', 'connectors', 'application'],
    ),
  },
  'patch-days-old': {
    conditions: [...IS, 'less-than', 'greater-than', ...ORDER],
    right: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 180,
  },
};

export const isAdvancedFilter = (rows: unknown): boolean =>
  Array.isArray(rows) && rows.length > 0 && rows.every(isAdvancedRow);

function isAdvancedRow(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const { left, condition, right } = row as Body;
  const rule = typeof left === 'string' && Object.hasOwn(LEFTS, left) ? LEFTS[left] : undefined;
  return rule?.conditions.includes(String(condition)) === true && rule.right(right);
}
