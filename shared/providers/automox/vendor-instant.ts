/**
 * Instants of the console, which spells them in three ways within one row: `2022-04-29T05:57:43+0000`,
 * with `Z`, and `2023-09-08 16:59:43` (UTC).
 *
 * source: 'Automox console API, observed'.
 */
const SPELLING = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:Z|\+00:?00)?$/;

/** Epoch milliseconds; undefined for anything else, another offset included. */
export function findInstantMs(text: unknown): number | undefined {
  const [, day, time] = (typeof text === 'string' && SPELLING.exec(text)) || [];
  const atMs = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(atMs) ? undefined : atMs;
}
