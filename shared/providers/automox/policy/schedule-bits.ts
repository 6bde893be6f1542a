/**
 * The bit tables of a policy schedule: entry `i` of a table is bit `i + 1`, worth 2^(i+1). Bit 0 is
 * never used, so every valid mask is even.
 *
 * source: 'Automox developer portal: Create a new policy', Note: Schedules (drawn highest bit first
 * there: "Sun|Sat|Fri|Thu|Wed|Tue|Mon|TrailingZero"); order of days observed in live policies.
 */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const WEEKS = [1, 2, 3, 4, 5] as const;
export const MONTHS = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
] as const;

/** All of a table's bits: 254 for days, 62 for weeks, 8190 for months. */
export const fullMask = (table: readonly unknown[]): number => 2 ** (table.length + 1) - 2;

/** True for an even whole number that sets no bit beyond the table. */
export const isMask = (table: readonly unknown[], mask: number): boolean =>
  Number.isInteger(mask) && mask >= 0 && mask <= fullMask(table) && mask % 2 === 0;

export const encodeMask = <Entry>(table: readonly Entry[], chosen: readonly Entry[]): number =>
  table.reduce((mask, entry, i) => (chosen.includes(entry) ? mask + 2 ** (i + 1) : mask), 0);

export const decodeMask = <Entry>(table: readonly Entry[], mask: number): Entry[] =>
  table.filter((_, i) => (mask & (2 ** (i + 1))) !== 0);
