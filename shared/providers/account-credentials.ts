/** The credential of one account, and the token it is exchanged for where the vendor wants one. */
import * as z from 'zod';
import { type Account, accountSecretId } from '../config/account.ts';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import type { SecretCache } from '../http/secret-cache.ts';
import type { TokenCache } from '../http/token-cache.ts';
import type { OperationCall } from '../jobs/operation.ts';
import type { VendorAccount } from '../jobs/vendor-account.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Secret } from '../kernel/secret.ts';
import type { AuthorizationHeaders, Provider } from './provider.ts';

export interface AccountCredentials {
  readonly prepare: VendorAccount['prepare'];
  /** Of the call that gives a token: none. */
  headers(call: OperationCall): Promise<AuthorizationHeaders>;
  /** After a refusal: whether there is something newer to try with. */
  refresh(): Promise<boolean>;
}

export interface CredentialDeps {
  readonly secrets: SecretCache;
  readonly tokens: TokenCache;
  /** Of all that is deployed. */
  readonly prefix?: string | undefined;
}

export interface CredentialOwner {
  readonly name: string;
  readonly account: Account;
  readonly base: string;
}

type Exchange = Parameters<VendorAccount['prepare']>[0];

export function createCredentials(
  { secrets, tokens, prefix }: CredentialDeps,
  provider: Provider,
  { name, account, base }: CredentialOwner,
): AccountCredentials {
  const { authorization } = provider;
  const secretId = accountSecretId(name, prefix);
  let usedVersionId = '';
  let usedToken: Secret | undefined;

  const readCredential = async (): Promise<unknown> => {
    const secret = await secrets.get(secretId);
    usedVersionId = secret.versionId;
    return parseCredential(provider, secretId, secret.value.reveal());
  };
  const refreshSecret = async () => (await secrets.refresh(secretId, usedVersionId)).renewed;
  /** Another host, or another version of the secret, is another token. */
  const tokenKey = () => `${provider.name} ${name} ${base} ${usedVersionId}`;
  const ensureToken = async (exchange: Exchange): Promise<void> => {
    if (authorization.kind !== 'token') return;
    const credential = await readCredential();
    usedToken = await tokens.ensure(tokenKey(), async () =>
      authorization.readToken(await exchange(authorization.exchange(credential, account))),
    );
  };
  return {
    async prepare(exchange) {
      await readCredential();
      try {
        await ensureToken(exchange);
      } catch (error) {
        const refused = toSluiceError(error).code === 'provider.unauthorized';
        if (!refused || !(await refreshSecret())) throw error;
        await ensureToken(exchange);
      }
    },
    async headers(call) {
      if (authorization.kind === 'credential') return authorization.headers(await readCredential());
      if (call.form !== undefined) return {};
      invariant(usedToken !== undefined, 'a call is prepared before it is sent');
      return authorization.headers(usedToken);
    },
    async refresh() {
      if (authorization.kind === 'credential' || usedToken === undefined) return refreshSecret();
      tokens.drop(tokenKey(), usedToken);
      return true;
    },
  };
}

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
