/** The two spellings of a date in OpsRamp's rows; others are epoch seconds and milliseconds. */

/** `2017-03-01T10:00:00+0000` */
export const zonedDate = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19)}+0000`;

/** `2017-03-01 10:00:00`, in UTC. */
export const plainDate = (atMs: number): string =>
  new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

const SHAPE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Either spelling, or plain ISO 8601; undefined for anything else. */
export function findDate(text: unknown): number | undefined {
  const [, day, time, zone = 'Z'] = SHAPE.exec(String(text)) ?? [];
  if (day === undefined) return undefined;
  const colon = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const atMs = Date.parse(`${day}T${time}${colon}`);
  return Number.isNaN(atMs) ? undefined : atMs;
}
