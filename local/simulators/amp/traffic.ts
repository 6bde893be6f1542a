/** How the API treats any request, whatever its route. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Vendor } from '../frame/vendor.ts';
import { emptyResponse, withHeaders } from '../frame/wire.ts';
import type { Caller, CredentialRing } from './credentials.ts';
import { errorAnswer, messageAnswer, unauthorized } from './envelope.ts';
import { gzipped } from './gzip.ts';
import { rateHeaders, retryAfterHeader } from './rate-headers.ts';
import type { AmpSettings } from './settings.ts';

type Traffic = Pick<
  Vendor<Caller>,
  'identify' | 'guard' | 'errorOf' | 'throttled' | 'headersOf' | 'encode'
>;

export function ampTraffic(ring: CredentialRing, settings: AmpSettings): Traffic {
  let requests = 0;
  const bodies = {
    envelope: () => errorAnswer(429, ['The limit of requests is exceeded']),
    message: () => messageAnswer(429, 'The limit of requests is exceeded'),
    empty: () => emptyResponse(429),
  };
  return {
    identify: ring.identify,
    guard: (_head, { business }) => (business === undefined ? unauthorized() : undefined),
    errorOf: (status) => (status === 401 ? unauthorized() : errorAnswer(status, [])),
    throttled: ({ verdict, nowMs }) =>
      withHeaders(bodies[settings.throttledBody](), retryAfterHeader(verdict, settings, nowMs)),
    headersOf: ({ verdict, nowMs }) => ({
      date: new Date(nowMs).toUTCString(),
      'x-request-id': sha256Hex(`request ${++requests}`).slice(0, 32),
      ...rateHeaders(verdict, settings, nowMs),
    }),
    encode: (head, response) => gzipped(head, response, settings.gzipAboveBytes),
  };
}
