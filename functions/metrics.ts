import { METRICS_NAMESPACE, metrics } from '../shared/config/metrics.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { createMetrics, type Metrics } from '../shared/lambda/metrics.ts';

export type FunctionMetrics = Metrics<typeof metrics>;

export const createFunctionMetrics = (write?: (line: string) => void): FunctionMetrics =>
  createMetrics({
    namespace: METRICS_NAMESPACE,
    table: metrics,
    nowMs: () => systemClock.nowMs(),
    ...(write && { write }),
  });
