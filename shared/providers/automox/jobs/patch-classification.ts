/**
 * Names of the patch classifications. The set is open: a number that is not here has no name.
 *
 * source: 'Automox developer portal: API standards', patch classification categories.
 */
import { type Json, scalarText } from '../../../kernel/json.ts';

const NAMES = {
  3: 'Critical Updates',
  4: 'Definition Updates',
  5: 'Developer Kits',
  6: 'Feature Packs',
  8: 'Security Updates',
  9: 'Service Packs',
  11: 'Update Rollups',
} as const;

type Classification = (typeof NAMES)[keyof typeof NAMES];

export const CLASSIFICATIONS: readonly Classification[] = Object.values(NAMES);

const byNumber: ReadonlyMap<string, Classification> = new Map(Object.entries(NAMES));

export const classificationOf = (category: Json | undefined): Classification | undefined =>
  byNumber.get(scalarText(category));
