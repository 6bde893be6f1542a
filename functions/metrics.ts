import { metrics } from '../shared/config/metrics.ts';
import { deploymentName } from '../shared/config/prefix.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { createMetrics, type Metrics } from '../shared/lambda/metrics.ts';

export type FunctionMetrics = Metrics<typeof metrics>;

/** Under the name of the deployment: two in one account and region must not ring each other's alarms. */
export const createFunctionMetrics = (
  { prefix }: Pick<SluiceConfig, 'prefix'>,
  write?: (line: string) => void,
): FunctionMetrics =>
  createMetrics({
    namespace: deploymentName(prefix),
    table: metrics,
    nowMs: () => systemClock.nowMs(),
    ...(write && { write }),
  });
