/**
 * What the config's own schema cannot see: that its schedules and reactions hold jobs, its mappings
 * compile, and its budgets exist. Checked when infrastructure is built and when the local stack starts.
 */
import type { SluiceConfig } from '../config/sluice-config.ts';
import { describeFields } from '../errors/field-problems.ts';
import { type FieldProblem, SluiceError } from '../errors/sluice-error.ts';
import { parseJobRequest, type RequestRules } from '../jobs/parse-job-request.ts';
import { createPayloadMapping } from '../webhooks/payload-mapping.ts';
import { reactionProblems } from './check-reactions.ts';
import { listBudgets } from './list-budgets.ts';
import { problemsOf } from './problems-of.ts';
import { createJobCatalog } from './registry.ts';

/** Throws `request.invalid` naming every wrong field. */
export function checkConfig(config: SluiceConfig, nowMs: number): void {
  const rules = { catalog: createJobCatalog(), accounts: config.accounts };
  const fields = [
    ...scheduleProblems(config, rules, nowMs),
    ...reactionProblems(config, rules, nowMs),
    ...mappingProblems(config),
    ...managerProblems(config),
    ...budgetProblems(config),
    ...callerProblems(config),
  ];
  if (fields.length === 0) return;
  throw new SluiceError('request.invalid', `the config is wrong: ${describeFields(fields)}`, {
    fields,
  });
}

const scheduleProblems = (config: SluiceConfig, rules: RequestRules, nowMs: number) =>
  Object.entries(config.schedules).flatMap(([name, { job }]) =>
    problemsOf(`schedules.${name}.job`, () => parseJobRequest(job, rules, nowMs)),
  );

const mappingProblems = (config: SluiceConfig): FieldProblem[] =>
  Object.entries(config.webhooks).flatMap(([name, { jobs }]) =>
    problemsOf(`webhooks.${name}.jobs`, () => createPayloadMapping(jobs)),
  );

/** A source that nobody could ever manage would wait for its secret for ever. */
function managerProblems({ webhooks, accounts }: SluiceConfig): FieldProblem[] {
  const keepers = createJobCatalog()
    .list()
    .filter(({ keepsSourceSecrets }) => keepsSourceSecrets)
    .map(({ provider }) => provider);
  return Object.entries(webhooks).flatMap(([name, { managedBy }]) => {
    if (managedBy === undefined) return [];
    const field = `webhooks.${name}.managedBy`;
    const account = Object.hasOwn(accounts, managedBy) ? accounts[managedBy] : undefined;
    if (!account) {
      const known = Object.keys(accounts).join(', ');
      return [{ field, problem: `is not an account of the config; known are ${known}` }];
    }
    if (keepers.includes(account.provider)) return [];
    const vendors = [...new Set(keepers)].join(', ');
    const problem = `must be an account whose vendor has a job that manages webhooks: ${vendors}`;
    return [{ field, problem }];
  });
}

function callerProblems({ callers = {}, accounts }: SluiceConfig): FieldProblem[] {
  const known = Object.keys(accounts);
  const problem = `names no account of the config; known are ${known.join(', ')}`;
  return Object.entries(callers).flatMap(([arn, { accounts: seen }]) =>
    (seen === '*' ? [] : seen).flatMap((name, index) =>
      known.includes(name) ? [] : [{ field: `callers.${arn}.accounts[${index}]`, problem }],
    ),
  );
}

function budgetProblems(config: SluiceConfig): FieldProblem[] {
  const known = listBudgets(config).map(({ id }) => id);
  return Object.keys(config.budgets)
    .filter((id) => !known.includes(id))
    .map((id) => ({
      field: `budgets.${id}`,
      problem: `is not a budget of any account; known are ${known.join(', ')}`,
    }));
}
