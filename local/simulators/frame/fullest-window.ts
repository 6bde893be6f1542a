/**
 * The largest number of `stampsMs` that any half-open window of `windowMs` holds, wherever the window
 * starts. Exact: some fullest window starts at a stamp, so each stamp is tried as the start.
 */
export function fullestWindow(stampsMs: readonly number[], windowMs: number): number {
  const sorted = Float64Array.from(stampsMs).sort();
  let fullest = 0;
  let end = 0;
  for (let start = 0; start < sorted.length; start++) {
    const startMs = sorted[start] ?? 0;
    while (end < sorted.length && (sorted[end] ?? 0) - startMs < windowMs) end++;
    fullest = Math.max(fullest, end - start);
  }
  return fullest;
}
