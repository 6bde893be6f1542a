/** Binds a provider's data to one account of the config: what the job engine calls a vendor. */
import * as z from 'zod';
import type { Account } from '../config/account.ts';
import { accountSecretId } from '../config/account.ts';
import type { BudgetOverride } from '../config/sluice-config.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { SecretCache } from '../http/secret-cache.ts';
import { parseThrottleSignals } from '../http/throttle-signals.ts';
import type { AnsweredResult, VendorClient } from '../http/vendor-client.ts';
import { buildUrl } from '../http/vendor-url.ts';
import type { Operation, OperationCall } from '../jobs/operation.ts';
import type { VendorAccount } from '../jobs/vendor-account.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Budget, describeBudget } from '../limiter/budget.ts';
import { CALL_TIMEOUT_MS } from '../limiter/timings.ts';
import type { Provider } from './provider.ts';

export interface VendorAccountDeps {
  readonly client: VendorClient;
  readonly secrets: SecretCache;
  readonly clock: Clock;
  /** True in the local stack alone: the account's loopback `endpoint` is honoured. */
  readonly localStack: boolean;
  readonly budgets: Readonly<Record<string, BudgetOverride>>;
}

export function createVendorAccount(
  deps: VendorAccountDeps,
  provider: Provider,
  name: string,
  account: Account,
): VendorAccount {
  const budgets = accountBudgets(provider, name, deps.budgets);
  const secretId = accountSecretId(name);
  const base = deps.localStack && account.endpoint ? account.endpoint : provider.baseUrl;
  let usedVersionId = '';
  const budgetsOf = (operation: Operation): readonly Budget[] =>
    operation.budgets.map((budget) => requireBudget(budgets, budget));
  const signalsOf = (answer: AnsweredResult) =>
    parseThrottleSignals(answer.headers, provider.rateLimitDialect, deps.clock.nowMs());
  const readCredential = async (): Promise<unknown> => {
    const secret = await deps.secrets.get(secretId);
    usedVersionId = secret.versionId;
    return parseCredential(provider, secretId, secret.value.reveal());
  };
  return {
    account,
    budgetsOf,
    async prepare() {
      await readCredential();
    },
    async send(call, beforeSend) {
      const credential = await readCredential();
      return deps.client.send({
        method: call.operation.method,
        url: callUrl(base, deps.localStack, provider, account, call),
        headers: { accept: 'application/json', ...provider.authorize(credential) },
        ...(call.body === undefined ? {} : { body: { json: call.body } }),
        timeoutMs: CALL_TIMEOUT_MS,
        beforeSend,
      });
    },
    findError: (call, answer) => provider.findError(call.operation, answer),
    throttledMs(call, answer) {
      const documentedMs = budgetsOf(call.operation)[0]?.throttledMs ?? 0;
      return provider.throttledMs(call.operation, signalsOf(answer), documentedMs);
    },
    findTaughtLimit(answer) {
      const { limit, remaining, resetInMs } = signalsOf(answer);
      if (limit === undefined) return undefined;
      const budget = requireBudget(budgets, provider.taughtBudget);
      const exhausted = remaining === 0 && resetInMs !== undefined;
      return { budget, requests: limit, ...(exhausted ? { exhaustedForMs: resetInMs } : {}) };
    },
    refreshCredential: async () => (await deps.secrets.refresh(secretId, usedVersionId)).renewed,
  };
}

/** Every budget of one account, by name. */
export const accountBudgets = (
  provider: Provider,
  account: string,
  overrides: Readonly<Record<string, BudgetOverride>>,
): ReadonlyMap<string, Budget> =>
  new Map(
    provider.limits.map((limit) => [
      limit.budget,
      describeBudget(provider.name, account, limit, overrides),
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
    ...(path === undefined ? {} : { params: path }),
    query: { ...query, ...provider.accountQuery(account, operation) },
    loopbackAllowed,
  });

function parseCredential(provider: Provider, secretId: string, text: string): unknown {
  const parsed = z.safeParse(provider.credential, tryJson(text));
  if (parsed.success) return parsed.data;
  throw new SluiceError(
    'account.secret-invalid',
    `the secret ${secretId} is not what ${provider.name} needs: put the JSON that the README shows`,
  );
}

/** Never lets the text of a secret into an error. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
