import * as z from 'zod';
import { createFunctionMetrics } from '../../functions/metrics.ts';

const Line = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.string(),
        Dimensions: z.tuple([z.array(z.string())]),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ]),
  }),
});

export interface Measured {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly values: unknown;
}

/** What CloudWatch makes of a line. */
export function readMetrics(line: string): readonly Measured[] {
  const { _aws: directive, ...facts } = Line.parse(JSON.parse(line));
  const [{ Namespace, Dimensions, Metrics }] = directive.CloudWatchMetrics;
  const dimensions = Object.fromEntries(Dimensions[0].map((name) => [name, facts[name]]));
  return Metrics.map(({ Name }) => ({
    namespace: Namespace,
    name: Name,
    dimensions,
    values: facts[Name],
  }));
}

/** The metrics of a function, and what it wrote. */
export function createMeasuredMetrics() {
  const lines: string[] = [];
  const metrics = createFunctionMetrics({}, (line) => lines.push(line));
  const measured = (): readonly Omit<Measured, 'namespace'>[] => {
    metrics.flush();
    return lines.flatMap(readMetrics).map(({ namespace: _usual, ...measure }) => measure);
  };
  return {
    metrics,
    /** All that was added, as CloudWatch would see it. */
    measured,
    /** Dimensions and values of each line of one metric. */
    valuesOf: (name: string): readonly unknown[] =>
      measured().flatMap((it) => (it.name === name ? [[it.dimensions, it.values]] : [])),
  };
}
