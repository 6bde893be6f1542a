import type { BudgetView } from '../api-views.ts';
import { describeInstant, describeSpan } from '../describe-time.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Printer } from '../printer.ts';
import { alignColumns } from '../table.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import type { Command, Context } from './command.ts';

export const budgets: Command = {
  name: 'budgets',
  about: 'show every budget: its limit, what is held, who waits; pause or resume one',
  usage: ['budgets', 'budgets pause ID', 'budgets resume ID'],
  options: [],
  words: { min: 0, max: 2 },
  async run(context) {
    const { connect, printer } = context;
    const [action] = context.args.words;
    if (action !== undefined) return changeBudget(context, action);
    const answer = await connect().listBudgets();
    if (printer.json) printer.document(answer);
    else printer.data(...describeBudgets(answer.budgets, printer));
    return exitCodes.ok;
  },
};

async function changeBudget({ args, connect, printer }: Context, action: string) {
  const id = args.words[1];
  if (action !== 'pause' && action !== 'resume') {
    const near = didYouMean(action, ['pause', 'resume'], 'budgets ');
    throw new UsageError(`budgets cannot "${action}", only pause and resume.${near}`);
  }
  if (id === undefined)
    throw new UsageError(`budgets ${action} needs an ID: "sluice budgets" lists them`);
  const api = connect();
  const budget = await (action === 'pause' ? api.pauseBudget(id) : api.resumeBudget(id));
  if (printer.json) printer.document(budget);
  else printer.data(...describeBudgets([budget], printer));
  return exitCodes.ok;
}

function describeBudgets(all: readonly BudgetView[], printer: Printer): string[] {
  const heads = ['ID', 'LIMIT', 'HELD', 'WAITING', 'THROTTLED', 'STATE'];
  return alignColumns([
    heads.map((head) => printer.paint('dim', head)),
    ...all.map((budget) => [
      budget.id,
      `${budget.requests} in ${describeSpan(budget.windowMs)}`,
      budget.held === null ? '-' : String(budget.held),
      String(budget.waiting.length),
      String(budget.throttled),
      describeState(budget, printer),
    ]),
  ]);
}

function describeState({ paused, blockedUntil, waiting }: BudgetView, { paint }: Printer): string {
  if (paused) return paint('yellow', 'paused');
  if (blockedUntil !== undefined) {
    return paint('red', `blocked by the vendor until ${describeInstant(blockedUntil)}`);
  }
  const [next] = waiting.map(({ until }) => until).sort();
  return next === undefined ? 'open' : `open, next permit ${describeInstant(next)}`;
}
