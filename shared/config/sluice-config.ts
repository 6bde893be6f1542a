import * as z from 'zod';
import { describeFields, fieldProblems } from '../errors/field-problems.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import { WebhookScheme } from '../webhooks/webhook-scheme.ts';
import { Account, AccountName } from './account.ts';
import { Callers } from './caller.ts';
import { DEFAULT_PREFIX, isTestPrefix, Prefix } from './prefix.ts';
import { Reaction } from './reaction.ts';
import { Schedule } from './schedule.ts';
import { Senders } from './senders.ts';

const SourceName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,47}$/, 'must be 1 to 48 of a-z, 0-9 and "-", starting with a letter');

const Webhook = z
  .strictObject({
    /** Only a source that a job manages may wait for it; until then every delivery is refused. */
    scheme: WebhookScheme.optional(),
    /** JSONata from the payload to one job message or a list of them. */
    jobs: z.string().min(1).max(16_384),
    /** The account whose jobs may keep the source's secret; without it a person puts it. */
    managedBy: AccountName.optional(),
  })
  .refine(({ scheme, managedBy }) => scheme !== undefined || managedBy !== undefined, {
    path: ['scheme'],
    error: 'is required, unless managedBy names the account whose jobs keep the secret',
  });

/** Tightens or loosens a documented default; a budget that no vendor documents cannot be invented. */
const BudgetOverride = z.strictObject({
  requests: z.int().positive().optional(),
  windowSeconds: z.int().positive().optional(),
  mode: z.enum(['strict', 'nominal']).optional(),
});
export type BudgetOverride = z.infer<typeof BudgetOverride>;

/**
 * What one deployment serves. Infrastructure and the local stack render the same value, and the
 * functions read it at start, so that it can never be true in one place and false in another.
 */
export const SluiceConfig = z
  .strictObject({
    /** Begins every name; `-c prefix=` sets it for one synthesis. */
    prefix: Prefix.optional(),
    accounts: z
      .record(AccountName, Account)
      .refine((accounts) => Object.keys(accounts).length > 0, 'must name at least one account'),
    /** Absent: whoever may invoke the HTTP API sees all accounts. */
    callers: Callers.optional(),
    webhooks: z.record(SourceName, Webhook).default({}),
    schedules: z.record(SourceName, Schedule).default({}),
    reactions: z.record(SourceName, Reaction).default({}),
    budgets: z.record(z.string(), BudgetOverride).default({}),
    senders: Senders.prefault({}),
  })
  .superRefine(({ prefix = DEFAULT_PREFIX, accounts }, context) => {
    for (const [name, { endpoint }] of Object.entries(accounts)) {
      if (!endpoint?.startsWith('https:') || isTestPrefix(prefix)) continue;
      context.addIssue({
        code: 'custom',
        path: ['accounts', name, 'endpoint'],
        message: 'must be a loopback URL: https is for a prefix that begins with "sluice-test-"',
      });
    }
  });
export type SluiceConfig = z.infer<typeof SluiceConfig>;
export type SluiceConfigInput = z.input<typeof SluiceConfig>;

/** Types a config file; the value is checked when it is loaded. */
export const defineConfig = (config: SluiceConfigInput): SluiceConfigInput => config;

/** Throws `request.invalid` naming every wrong field. */
export function parseConfig(value: unknown): SluiceConfig {
  const parsed = z.safeParse(SluiceConfig, value);
  if (parsed.success) return parsed.data;
  const fields = fieldProblems(parsed.error);
  throw new SluiceError('request.invalid', `the config is wrong: ${describeFields(fields)}`, {
    fields,
  });
}

/** The webhook sources whose secrets jobs of that account may keep. */
export const managedSources = ({ webhooks }: SluiceConfig, account: string): readonly string[] =>
  Object.keys(webhooks).filter((source) => webhooks[source]?.managedBy === account);

export const webhookSecretId = (source: string, prefix: string = DEFAULT_PREFIX): string =>
  `${prefix}/webhooks/${source}`;
