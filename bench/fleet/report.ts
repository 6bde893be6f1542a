import { table } from '../../local/demo/table.ts';
import type { Figures } from './measure.ts';

export function describeFigures({ jobs, vendors }: Figures, misses: readonly string[]): string {
  const done = table(
    ['job', 'outcome', 'done', 'seconds', 'calls', 'least', 'ratio', 'largest row'],
    jobs.map((it) => [
      it.label,
      it.status,
      `${it.done} of ${it.items}`,
      it.seconds.toFixed(0),
      String(it.calls),
      String(it.least),
      it.ratio.toFixed(3),
      `${(it.largestRowBytes / 1_024).toFixed(1)} KB`,
    ]),
  );
  const least = jobs.map((it) => `least to ${it.label}: ${it.leastIs}`);
  const limits = table(
    ['limit of the vendor', 'allows', 'fullest window', 'calls', '429s'],
    vendors.flatMap(({ provider, limits: rows }) =>
      rows.map((it) => [
        `${provider} ${it.name}`,
        `${it.limit} in ${it.windowSeconds} s`,
        String(it.fullest),
        String(it.calls),
        String(it.throttled),
      ]),
    ),
  );
  const memory = vendors.map(({ provider, peakMemoryMb }) => {
    const held = peakMemoryMb === null ? 'not told by this system' : `${peakMemoryMb} MB`;
    return `peak memory of a worker of ${provider}: ${held}`;
  });
  const verdict =
    misses.length === 0 ? ['All as it should be.'] : misses.map((it) => `MISSED ${it}`);
  return [done, '', ...least, '', limits, '', ...memory, '', ...verdict].join('\n');
}
