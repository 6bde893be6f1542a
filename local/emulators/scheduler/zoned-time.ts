/**
 * The instant at which clocks in `timeZone` show `local` (`2026-03-08T02:30:00`).
 *
 * Where the clocks show it twice, the first; where they skip it, the instant it would have been.
 */
export function zonedTimeAtMs(local: string, timeZone: string): number {
  const shownMs = Date.parse(`${local}Z`);
  const offsets = [-DAY_MS, DAY_MS].map((shift) => offsetMs(shownMs + shift, timeZone));
  const candidates = offsets.map((offset) => shownMs - offset);
  const fitting = candidates.filter((atMs) => atMs + offsetMs(atMs, timeZone) === shownMs);
  return fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates);
}

const DAY_MS = 86_400_000;

/** How far the clocks of `timeZone` are ahead of UTC at `atMs`. */
function offsetMs(atMs: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(atMs);
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;
}
