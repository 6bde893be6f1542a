/**
 * Which custom metrics are written: each name with each set of dimensions is one that CloudWatch bills.
 * Of the metric lines it also adds up the permits, which are the calls that each budget lets through.
 */
import * as z from 'zod';

const Line = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Dimensions: z.tuple([z.array(z.string())]),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ]),
  }),
});
const Values = z.array(z.number());

export interface SeriesLog {
  read(line: string): void;
  /** `PermitsGranted{Budget=automox/acme/servers.batch}`, sorted. */
  series(): readonly string[];
  /** Budget → permits. */
  permits(): Readonly<Record<string, number>>;
}

export function createSeriesLog(): SeriesLog {
  const seen = new Set<string>();
  const permits = new Map<string, number>();
  return {
    read(line) {
      const { _aws: directive, ...facts } = Line.parse(JSON.parse(line));
      const [{ Dimensions, Metrics }] = directive.CloudWatchMetrics;
      const dimensions = Dimensions[0].map((name) => `${name}=${facts[name]}`).join();
      for (const { Name } of Metrics) {
        seen.add(`${Name}{${dimensions}}`);
        if (Name !== 'PermitsGranted') continue;
        const granted = Values.parse(facts[Name]).reduce((sum, it) => sum + it, 0);
        const budget = String(facts['Budget']);
        permits.set(budget, (permits.get(budget) ?? 0) + granted);
      }
    },
    series: () => [...seen].sort(),
    permits: () => Object.fromEntries([...permits].sort()),
  };
}
