/**
 * Metrics as lines of the log: CloudWatch reads them from there (embedded metric format), so that a
 * function calls no service to count. What is added in an invocation is written at its end.
 *
 * Guarantees: a line holds at most 100 values of a metric, as the format wants it.
 */
export interface MetricShape {
  readonly unit: string;
  readonly dimensions: readonly string[];
}

type MetricTable = Readonly<Record<string, MetricShape>>;

export interface Metrics<Table extends MetricTable> {
  add<Name extends keyof Table & string>(
    name: Name,
    value: number,
    dimensions: Readonly<Record<Table[Name]['dimensions'][number], string>>,
  ): void;
  /** Writes what was added since the last time. */
  flush(): void;
}

export interface MetricsOptions<Table extends MetricTable> {
  readonly namespace: string;
  readonly table: Table;
  readonly nowMs: () => number;
  /** Default: the process's output, past the console, which Lambda would wrap. */
  readonly write?: (line: string) => void;
}

interface Group {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: Map<string, number[]>;
}

const VALUES_MAX = 100;

export function createMetrics<Table extends MetricTable>(
  options: MetricsOptions<Table>,
): Metrics<Table> {
  const { write = (line: string) => void process.stdout.write(line) } = options;
  const groups = new Map<string, Group>();
  return {
    add(name, value, dimensions) {
      const key = JSON.stringify(dimensions);
      const group = groups.get(key) ?? { dimensions, values: new Map<string, number[]>() };
      groups.set(key, group);
      const values = group.values.get(name) ?? [];
      group.values.set(name, values);
      values.push(value);
    },
    flush() {
      for (const group of groups.values()) {
        for (const line of linesOf(options, group)) write(`${line}\n`);
      }
      groups.clear();
    },
  };
}

function linesOf(
  { namespace, table, nowMs }: MetricsOptions<MetricTable>,
  { dimensions, values }: Group,
): readonly string[] {
  const longest = Math.max(...[...values.values()].map(({ length }) => length));
  return Array.from({ length: Math.ceil(longest / VALUES_MAX) }, (_, part) => {
    const slice = ([name, all]: readonly [string, readonly number[]]) =>
      [name, all.slice(part * VALUES_MAX, (part + 1) * VALUES_MAX)] as const;
    const parts = [...values].map(slice).filter(([, some]) => some.length > 0);
    const directive = {
      Namespace: namespace,
      Dimensions: [Object.keys(dimensions)],
      Metrics: parts.map(([name]) => ({ Name: name, Unit: table[name]?.unit })),
    };
    return JSON.stringify({
      _aws: { Timestamp: nowMs(), CloudWatchMetrics: [directive] },
      ...dimensions,
      ...Object.fromEntries(parts),
    });
  });
}
