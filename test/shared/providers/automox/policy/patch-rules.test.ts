import { describe, expect, it } from 'vitest';
import { configuredWith, fieldsOf } from './sample-policies.ts';

const problemFields = (changes: Record<string, unknown>) =>
  fieldsOf(configuredWith('patch', changes));
const rows = [{ left: 'patch-os', condition: 'is', right: 'mac' }];

describe('patch_rule', () => {
  it.each([
    { patch_rule: 'filter', filter_type: 'include', filters: ['*KB1*'] },
    { patch_rule: 'filter', filter_type: 'exclude', filters: ['*KB1*'], severity_filter: null },
    { patch_rule: 'filter', filter_type: 'severity', severity_filter: ['no_known_cves', 'high'] },
    { patch_rule: 'all', filter_type: 'include', filters: [] },
    { patch_rule: 'all', filters: ['*KB1*'], severity_filter: ['low'], advanced_filter: rows },
    { patch_rule: 'manual', filter_type: 'null' },
    { patch_rule: 'manual', filter_type: null },
    { patch_rule: 'advanced', filter_type: 'anything', advanced_filter: rows },
    { patch_rule: undefined, filter_type: 'exclude', filters: ['*KB1*'] },
    { patch_rule: undefined, filter_type: 'null' },
    { patch_rule: undefined, filter_type: 'all', filters: [], advanced_filter: null },
  ])('accepts %j', (change) => {
    expect(problemFields(change)).toEqual([]);
  });

  it.each([
    ['patch_rule', { patch_rule: 'some' }],
    ['patch_rule', { patch_rule: undefined, filters: ['*KB1*'] }],
    ['patch_rule', { patch_rule: undefined, severity_filter: ['low'] }],
    ['patch_rule', { patch_rule: undefined, advanced_filter: rows }],
    ['patch_rule', { patch_rule: undefined, filter_type: 'inclde' }],
    ['filter_type', { patch_rule: 'filter', filters: ['*KB1*'] }],
    ['filter_type', { patch_rule: 'filter', filter_type: 'all', filters: ['*KB1*'] }],
    ['filters', { patch_rule: 'filter', filter_type: 'include' }],
    ['filters', { patch_rule: 'filter', filter_type: 'exclude', filters: [] }],
    ['filters', { patch_rule: undefined, filter_type: 'include', filters: [] }],
    ['filters', { filters: '*KB1*' }],
    ['filters[1]', { filters: ['*KB1*', ''] }],
    ['severity_filter', { patch_rule: 'filter', filter_type: 'severity', filters: ['x'] }],
    ['severity_filter[0]', { severity_filter: ['severe'] }],
    ['advanced_filter', { patch_rule: 'advanced', advanced_filter: [] }],
    ['advanced_filter', { patch_rule: 'advanced' }],
  ])('names %s in %j', (key, change) => {
    expect(problemFields(change)).toEqual([`configuration.${key}`]);
  });
});

/** Rows: left, its conditions, right values that are allowed, right values that are not. */
const table = [
  ['display-name', ['contains', 'does-not-contain'], ['Firefox', '“curly”'], ['', 5]],
  [
    'severity',
    ['is', 'is-not', 'less-than-or-equal-to', 'greater-than-or-equal-to'],
    ['other', 'none', 'low', 'medium', 'high', 'critical', 'unknown', 'no_known_cves'],
    ['severe', 3],
  ],
  [
    'patch-source',
    ['is', 'is-not'],
    ['windowsupdate', 'opera', 'mozilla', 'adobe', 'oracle', 'apple', 'microsoft'],
    ['chrome', 'Windowsupdate'],
  ],
  ['patch-os', ['is', 'is-not'], ['windows', 'mac', 'linux'], ['Windows', 'bsd']],
  [
    'type',
    ['is', 'is-not'],
    [
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
    ],
    ['drivers'],
  ],
  [
    'patch-days-old',
    [
      'is',
      'is-not',
      'less-than',
      'greater-than',
      'less-than-or-equal-to',
      'greater-than-or-equal-to',
    ],
    [1, 180],
    [0, 181, 1.5, '30'],
  ],
] as const;

const allConditions = [...new Set(table.flatMap(([, conditions]) => conditions))];

describe.each(table)('advanced_filter on %s', (left, conditions, good, bad) => {
  const problemsOfRow = (row: unknown) =>
    problemFields({ patch_rule: 'advanced', advanced_filter: [...rows, row] });

  it('accepts each documented condition and value', () => {
    for (const condition of conditions) {
      for (const right of good) expect(problemsOfRow({ left, condition, right })).toEqual([]);
    }
  });

  it('names the condition that does not go with it', () => {
    const others = allConditions.filter((condition) => !conditions.some((c) => c === condition));
    for (const condition of [...others, 'equals', undefined]) {
      expect(problemsOfRow({ left, condition, right: good[0] })).toEqual([
        'configuration.advanced_filter[1].condition',
      ]);
    }
  });

  it('names the value that does not go with it', () => {
    for (const right of [...bad, undefined]) {
      expect(problemsOfRow({ left, condition: conditions[0], right })).toEqual([
        'configuration.advanced_filter[1].right',
      ]);
    }
  });

  it('names a key that is none of a row', () => {
    expect(problemsOfRow({ left, condition: conditions[0], right: good[0], and: 1 })).toEqual([
      'configuration.advanced_filter[1].and',
    ]);
  });
});

describe('advanced_filter', () => {
  it.each(['cve', undefined])('names the left value %j', (left) => {
    const row = { left, condition: 'is', right: 'x' };
    expect(problemFields({ patch_rule: 'advanced', advanced_filter: [row] })).toEqual([
      'configuration.advanced_filter[0].left',
    ]);
  });
});
