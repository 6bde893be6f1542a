/** Workers that make one call after the other under 100 a second, counted by a simulated vendor. */

import { fullestWindow } from '../../local/simulators/frame/fullest-window.ts';
import { startSimulatorServer } from '../../local/simulators/frame/server.ts';
import { createSimulator } from '../../local/simulators/frame/simulator.ts';
import type { Vendor } from '../../local/simulators/frame/vendor.ts';
import { jsonResponse } from '../../local/simulators/frame/wire.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { describeBudgets } from '../../shared/limiter/budget.ts';
import { limits } from '../../shared/providers/automox/limits.ts';
import type { BudgetsTable } from './budgets-table.ts';
import { rounded } from './decisions.ts';
import { runWorkers } from './run-workers.ts';

export interface SustainedFigures {
  readonly workers: number;
  readonly seconds: number;
  /** Calls a second that arrived at the vendor. */
  readonly rate: number;
  readonly fullestWindow: number;
  readonly windowLimit: number;
  readonly throttled: number;
  readonly writesACall: number;
  readonly denialsACall: number;
  readonly missedSlotsACall: number;
}

/** Workers learn how their calls follow each other, and take more at a time. */
const GOING_AFTER_MS = seconds(8);

const [account] = describeBudgets('automox', 'bench', limits, {}).filter(
  ({ name }) => name === 'account',
);

export async function measureSustained(
  table: BudgetsTable,
  { workers, seconds: measured }: { readonly workers: number; readonly seconds: number },
): Promise<SustainedFigures> {
  if (!account) throw new Error('Automox has a limit of the account');
  const simulator = createSimulator(oneThing, { clock: systemClock, strict: true });
  const begin: typeof simulator.begin = (head) => {
    const answer = simulator.begin(head);
    return (body) => ({ ...answer(body), delayMs: 100 + 200 * Math.random() });
  };
  const server = await startSimulatorServer({ ...simulator, begin });
  let from = { writes: table.writes().all, atMs: 0 };
  try {
    const tally = await runWorkers({
      kind: 'call',
      budget: account,
      dynamodbUrl: table.endpointUrl,
      vendorUrl: server.url,
      callMs: 0,
      workers,
      notCountedMs: GOING_AFTER_MS,
      countedMs: seconds(measured),
      onCounted: () => {
        from = { writes: table.writes().all, atMs: Date.now() };
      },
    });
    const arrivedMs = simulator.arrivals.map(({ atMs }) => atMs);
    const endMs = from.atMs + seconds(measured);
    const counted = arrivedMs.filter((atMs) => atMs >= from.atMs && atMs < endMs).length;
    const limit = simulator.audit().limits['account'];
    const aCall = (count: number): number => rounded(count / tally.granted, 3);
    return {
      workers,
      seconds: measured,
      rate: rounded(counted / measured, 1),
      fullestWindow: fullestWindow(arrivedMs, seconds(1)),
      windowLimit: limit?.limit ?? 0,
      throttled: limit?.refused ?? 0,
      writesACall: aCall(table.writes().all - from.writes),
      denialsACall: aCall(tally.denied),
      missedSlotsACall: aCall(tally.missed),
    };
  } finally {
    await server.close();
  }
}

/** A vendor of one resource, with the limit that Automox documents. */
const oneThing: Vendor<undefined> = {
  name: 'bench',
  basePath: '',
  limits: [
    {
      name: 'account',
      requests: 100,
      windowMs: seconds(1),
      source: 'Automox developer portal: Rate Limiting',
      scopeOf: () => 'all',
    },
  ],
  routes: [{ method: 'GET', path: '/things', answer: () => jsonResponse(200, {}) }],
  identify: () => undefined,
  guard: () => undefined,
  errorOf: (status) => jsonResponse(status, {}),
  throttled: () => jsonResponse(429, {}),
  headersOf: () => ({}),
  advance: () => {},
  reset: () => {},
  describe: () => ({}),
};
