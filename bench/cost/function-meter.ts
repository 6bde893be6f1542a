/**
 * A function as Lambda runs it, for its bill: the handler with the middleware that is deployed, its
 * real log and metric lines in bytes, the time between its first and its last line.
 */
import type { Context } from 'aws-lambda';
import { createFunctionMetrics, type FunctionMetrics } from '../../functions/metrics.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { type Behaviour, createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog, type Log } from '../../shared/lambda/log.ts';
import {
  cpuMsOf,
  invocationNamed,
  logEventBytes,
  PLATFORM_LINES_BYTES,
  tracedLineBytes,
} from './assumptions.ts';
import type { SeriesLog } from './series-log.ts';
import type { Usage } from './usage.ts';

export interface FunctionMeter {
  readonly log: Log;
  readonly metrics: FunctionMetrics;
  /** `behaviour` behind the middleware, each of whose invocations is billed. */
  handle<Event, Answer>(
    behaviour: Behaviour<Event, Answer>,
  ): (event: Event, remainingMs?: () => number) => Promise<Answer>;
}

export interface MeteredFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly clock: Clock;
  readonly usage: Usage;
  readonly series: SeriesLog;
}

export function createFunctionMeter(metered: MeteredFunction): FunctionMeter {
  const { name, memoryMb, clock, usage, series } = metered;
  const log = createLog(name);
  const count = (line: string): void => usage.add('logBytes', tracedLineBytes(line));
  // The logger writes to a console of its own; here its lines are counted instead.
  Reflect.set(log.logger, 'console', { debug: count, info: count, warn: count, error: count });
  const metrics = createFunctionMetrics({}, (line) => {
    usage.add('logBytes', logEventBytes(line.trimEnd()));
    series.read(line);
  });
  return {
    log,
    metrics,
    handle(behaviour) {
      const handler = createHandler(log, metrics, behaviour);
      return async (event, remainingMs = () => 30_000) => {
        const startedAtMs = clock.nowMs();
        const context = contextOf(`sluice-${name}`, memoryMb, remainingMs);
        const answer = await handler(event, context);
        const ranMs = Math.ceil(clock.nowMs() - startedAtMs) + cpuMsOf(memoryMb);
        usage.add('invocations');
        usage.add('traces');
        usage.add('gigabyteSeconds', (ranMs / 1_000) * (memoryMb / 1_024));
        usage.add('logBytes', PLATFORM_LINES_BYTES);
        return answer;
      };
    },
  };
}

const contextOf = (name: string, memoryMb: number, remainingMs: () => number): Context => ({
  ...invocationNamed(name),
  callbackWaitsForEmptyEventLoop: false,
  functionVersion: '$LATEST',
  memoryLimitInMB: String(memoryMb),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: '2026/06/01/[$LATEST]0123456789abcdef0123456789abcdef',
  getRemainingTimeInMillis: remainingMs,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
