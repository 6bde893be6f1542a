/** `POST …/oauth/token`: client credentials in a form, for a bearer token. */
import type { Route } from '../frame/router.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import type { Caller, CredentialRing } from './credentials.ts';
import { accessError, errorOf } from './errors.ts';
import type { OpsRampSettings } from './settings.ts';

/** The older path and the newer one; which of them a pod has is a setting. */
const TOKEN_PATHS = ['/auth/oauth/token', '/tenancy/auth/oauth/token'];

export const isTokenPath = (path: string): boolean => TOKEN_PATHS.includes(path);

export const tokenRoutes = (ring: CredentialRing, settings: OpsRampSettings): Route<Caller>[] =>
  TOKEN_PATHS.map((path) => ({
    method: 'POST',
    path,
    answer: ({ headers, body, nowMs }) => {
      if (!settings.tokenPaths.includes(path)) return errorOf(404);
      if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
        return accessError(400, 'invalid_request', 'A form is expected');
      }
      const form = new URLSearchParams(Buffer.from(body).toString());
      return answerGrant(ring, settings, form, nowMs);
    },
  }));

function answerGrant(
  ring: CredentialRing,
  { tokenLifeMs, tokenReuse, expiresInAs }: OpsRampSettings,
  form: URLSearchParams,
  nowMs: number,
): WireResponse {
  const grantType = form.get('grant_type') ?? '';
  if (grantType !== 'client_credentials') {
    return accessError(400, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
  }
  const given = { key: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const token = ring.issue(given, nowMs, { lifeMs: tokenLifeMs, reuse: tokenReuse });
  if (token === undefined) return accessError(401, 'unauthorized', 'Bad API credentials');
  // A fresh token of two hours says 7199, as in the documentation.
  const expiresIn = Math.max(0, Math.ceil((token.expiresAtMs - nowMs) / 1_000) - 1);
  return jsonResponse(200, {
    access_token: token.value,
    token_type: 'bearer',
    expires_in: expiresInAs === 'string' ? String(expiresIn) : expiresIn,
    scope: 'global:manage',
  });
}
