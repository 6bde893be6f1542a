/** Decisions a second, and what they cost, where workers do nothing but ask and settle. */
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import type { Budget } from '../../shared/limiter/budget.ts';
import type { BudgetsTable } from './budgets-table.ts';
import { runWorkers } from './run-workers.ts';

export interface DecisionFigures {
  readonly budget: string;
  readonly workers: number;
  readonly decisionsASecond: number;
  readonly grantsASecond: number;
  readonly denialsAGrant: number;
  readonly writesAGrant: number;
  readonly refusedWritesAGrant: number;
}

const budgetOf = (name: string, rule: Pick<Budget, 'requests' | 'windowMs' | 'mode'>) => ({
  name,
  ...rule,
  throttledMs: minutes(1),
});

const budgets = [
  /** Five in a minute, with six seconds for the minute. */
  budgetOf('strict, 5 in 6 s', { requests: 5, windowMs: seconds(6), mode: 'strict' }),
  /** So large that the item, and not the limit, is what is waited for. */
  budgetOf('strict, large', { requests: 100_000, windowMs: seconds(2), mode: 'strict' }),
  budgetOf('nominal, 93 in 1 s', { requests: 93, windowMs: seconds(1), mode: 'nominal' }),
];

const WORKERS = [1, 10, 50];

export async function measureDecisions(
  table: BudgetsTable,
  talk: (text: string) => void,
): Promise<readonly DecisionFigures[]> {
  const figures: DecisionFigures[] = [];
  for (const { name, ...rule } of budgets) {
    for (const workers of WORKERS) {
      talk(`${name}: ${workers} worker(s) …`);
      const budget = { id: `bench/${workers}/${name}`, name, ...rule };
      figures.push(await measureOne(table, budget, workers));
    }
  }
  return figures;
}

async function measureOne(
  table: BudgetsTable,
  budget: Budget,
  workers: number,
): Promise<DecisionFigures> {
  // Long enough for a line to form, and for three windows more.
  const notCountedMs = Math.min(budget.windowMs, seconds(6)) + seconds(1);
  const countedMs = Math.min(3 * budget.windowMs, seconds(18)) + seconds(2);
  // Where the limit is waited for, calls spread the permits; where the store is, nothing shall.
  const callMs = budget.requests <= 5 ? 200 : 0;
  const assignment = {
    kind: 'decide',
    callMs,
    budget,
    dynamodbUrl: table.endpointUrl,
    workers,
  } as const;
  let before = table.writes();
  const { granted, denied } = await runWorkers({
    ...assignment,
    vendorUrl: '',
    notCountedMs,
    countedMs,
    onCounted: () => {
      before = table.writes();
    },
  });
  const after = table.writes();
  const aSecond = (count: number): number => rounded((count * 1_000) / countedMs, 1);
  const aGrant = (count: number): number => rounded(count / granted, 2);
  return {
    budget: budget.name,
    workers,
    decisionsASecond: aSecond(granted + denied),
    grantsASecond: aSecond(granted),
    denialsAGrant: aGrant(denied),
    writesAGrant: aGrant(after.all - before.all),
    refusedWritesAGrant: aGrant(after.refused - before.refused),
  };
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
