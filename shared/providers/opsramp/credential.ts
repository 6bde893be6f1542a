/**
 * Key and secret of an OpsRamp integration, and the bearer token that they are exchanged for.
 *
 * source: 'OpsRamp developer portal: Authentication'. `expires_in` comes as a string or a number; of
 * a token that is given again it is what remains.
 */
import * as z from 'zod';
import type { Account } from '../../config/account.ts';
import { ProviderError } from '../../errors/provider-error.ts';
import type { Token } from '../../http/token-cache.ts';
import type { AnsweredResult } from '../../http/vendor-client.ts';
import type { Operation, OperationCall } from '../../jobs/operation.ts';
import { hours, seconds } from '../../kernel/duration.ts';
import { Secret } from '../../kernel/secret.ts';
import type { AuthorizationHeaders } from '../provider.ts';
import { findOpsRampError } from './errors.ts';
import type { BudgetName } from './limits.ts';
import { tenantOf } from './tenant.ts';

const pasted = z.string().trim().min(1);

/** Trimmed: what is pasted often brings its line break. */
export const OpsRampCredential = z.strictObject({
  key: pasted,
  secret: pasted.transform((text) => new Secret(text)),
});
export type OpsRampCredential = z.output<typeof OpsRampCredential>;

/** Not in the operation table: its answer is a secret. Asking again is answered alike. */
const tokenOperation = (path: string) =>
  ({
    id: 'auth.token',
    method: 'POST',
    path,
    budgets: ['other.write' satisfies BudgetName],
    repeat: 'safe',
    source: 'OpsRamp developer portal: Authentication',
  }) as const satisfies Operation;

export const exchangeForToken = (
  { key, secret }: OpsRampCredential,
  account: Account,
): OperationCall => ({
  operation: tokenOperation(tenantOf(account).tokenPath),
  key: 'token',
  form: { grant_type: 'client_credentials', client_id: key, client_secret: secret },
});

const LIFE_MS_MAX = hours(24);

const TokenAnswer = z.object({
  access_token: z.string().min(1).max(8_192),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  expires_in: z.union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
});

/** Throws ProviderError; none of its texts holds the answer. */
export function readToken(answer: AnsweredResult): Token {
  const error = findTokenError(answer);
  if (error) throw error;
  const body = answer.body.kind === 'json' ? answer.body.value : undefined;
  const parsed = z.safeParse(TokenAnswer, body);
  if (!parsed.success) {
    throw new ProviderError(
      'provider.malformed-answer',
      'OpsRamp gave no bearer token with the time it lasts',
      { status: answer.status },
    );
  }
  const { access_token, expires_in } = parsed.data;
  const lifeMs = Math.min(Math.max(seconds(expires_in), 0), LIFE_MS_MAX);
  return { value: new Secret(access_token), lifeMs };
}

function findTokenError(answer: AnsweredResult): ProviderError | undefined {
  const { status } = answer;
  const error = findOpsRampError(tokenOperation('/'), answer);
  if (error === undefined || status >= 500 || status < 300) return error;
  const hint =
    status === 404
      ? 'OpsRamp has no token path there: set the tokenPath of the account to the other one'
      : `OpsRamp does not take the key and secret of the account: ${error.message}`;
  return new ProviderError('provider.unauthorized', hint, { status, cause: error });
}

export const authorize = (token: Secret): AuthorizationHeaders => ({
  authorization: new Secret(`Bearer ${token.reveal()}`),
});
