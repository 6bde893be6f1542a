/** Binds a provider's data to one account of the config: what the job engine calls a vendor. */
import type { Account } from '../config/account.ts';
import type { BudgetOverride } from '../config/sluice-config.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { SecretCache } from '../http/secret-cache.ts';
import { parseThrottleSignals } from '../http/throttle-signals.ts';
import type { TokenCache } from '../http/token-cache.ts';
import type { AnsweredResult, VendorClient } from '../http/vendor-client.ts';
import { buildUrl } from '../http/vendor-url.ts';
import type { Operation, OperationCall } from '../jobs/operation.ts';
import type { VendorAccount } from '../jobs/vendor-account.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Budget, budgetsToHold, describeBudgets } from '../limiter/budget.ts';
import { CALL_TIMEOUT_MS } from '../limiter/timings.ts';
import { createCredentials } from './account-credentials.ts';
import type { Provider } from './provider.ts';

export interface VendorAccountDeps {
  readonly client: VendorClient;
  readonly secrets: SecretCache;
  readonly tokens: TokenCache;
  readonly clock: Clock;
  /** In the local stack and in test deployments alone: the account's `endpoint` is honoured. */
  readonly endpointsHonoured: boolean;
  /** In the local stack alone: that endpoint may be a loopback one. */
  readonly localStack: boolean;
  /** Of all that is deployed. */
  readonly prefix?: string | undefined;
  readonly budgets: Readonly<Record<string, BudgetOverride>>;
}

export function createVendorAccount(
  deps: VendorAccountDeps,
  provider: Provider,
  name: string,
  account: Account,
): VendorAccount {
  const budgets = accountBudgets(provider, name, account, deps.budgets);
  const base = (deps.endpointsHonoured && account.endpoint) || provider.baseUrl(account);
  const credentials = createCredentials(deps, provider, { name, account, base });
  const budgetsOf = (operation: Operation): readonly Budget[] =>
    budgetsToHold(operation.budgets.map((budget) => requireBudget(budgets, budget)));
  const signalsOf = (answer: AnsweredResult) =>
    parseThrottleSignals(answer.headers, provider.rateLimitDialect, deps.clock.nowMs());
  return {
    account,
    budgetsOf,
    prepare: credentials.prepare,
    isRefusal: (status) => provider.refusalStatuses.includes(status),
    async send(call, { whenConnected, beforeSend }) {
      return deps.client.send({
        method: call.operation.method,
        url: callUrl(base, deps.localStack, provider, account, call),
        headers: { accept: 'application/json', ...(await credentials.headers(call)) },
        ...bodyOf(call),
        timeoutMs: CALL_TIMEOUT_MS,
        whenConnected,
        beforeSend,
      });
    },
    findError: (call, answer) => provider.findError(call.operation, answer),
    throttledMs(call, answer) {
      const documentedMs = budgetsOf(call.operation)[0]?.throttledMs ?? 0;
      return provider.throttledMs(call.operation, signalsOf(answer), documentedMs);
    },
    findTaughtLimit(call, answer) {
      const { limit, remaining, resetInMs, bucket } = signalsOf(answer);
      const taught = provider.taughtBudgetOf(call.operation);
      if (limit === undefined || taught === undefined) return undefined;
      const budget = requireBudget(budgets, taught);
      const exhausted = remaining === 0 && resetInMs !== undefined;
      return {
        budget,
        requests: limit,
        ...(exhausted ? { exhaustedForMs: resetInMs } : {}),
        ...(bucket === undefined ? {} : { bucket }),
      };
    },
    refreshCredential: credentials.refresh,
  };
}

/** Every budget of one account, by name. */
export const accountBudgets = (
  provider: Provider,
  name: string,
  account: Account,
  overrides: Readonly<Record<string, BudgetOverride>>,
): ReadonlyMap<string, Budget> =>
  new Map(
    describeBudgets(provider.name, name, provider.limitsOf(account), overrides).map((budget) => [
      budget.name,
      budget,
    ]),
  );

function requireBudget(budgets: ReadonlyMap<string, Budget>, name: string): Budget {
  const budget = budgets.get(name);
  if (!budget) throw new SluiceError('internal.unexpected', `no limit row for budget ${name}`);
  return budget;
}

const callUrl = (
  base: string,
  loopbackAllowed: boolean,
  provider: Provider,
  account: Account,
  { operation, path, query }: OperationCall,
): URL =>
  buildUrl({
    base,
    path: operation.path,
    params: { ...pathOf(provider, account, operation), ...path },
    query: { ...query, ...provider.accountQuery(account, operation) },
    loopbackAllowed,
  });

/** The tenant placeholders that this operation's path has. */
const pathOf = (provider: Provider, account: Account, { path }: Operation) =>
  Object.fromEntries(
    Object.entries(provider.accountPath(account)).filter(([name]) => path.includes(`{${name}}`)),
  );

const bodyOf = ({ body, form }: OperationCall) => {
  if (form !== undefined) return { body: { form } };
  return body === undefined ? {} : { body: { json: body } };
};
