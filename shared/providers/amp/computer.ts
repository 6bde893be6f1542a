/** A computer row of the Cisco AMP API, read leniently: fields come and go between versions. */
import { ProviderError } from '../../errors/provider-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';
import { Guid } from './operation-params.ts';

export interface Computer {
  /** Lower case; undefined where the row has none to act on, for it becomes part of a path. */
  readonly guid: string | undefined;
  readonly hostname: string | undefined;
  readonly groupGuid: string | undefined;
  readonly policyGuid: string | undefined;
  /** Undefined where the cloud never heard of it, or does not say. */
  readonly lastSeenMs: number | undefined;
  /** Without its leading and trailing spaces, which the API sends. */
  readonly internalIps: readonly string[];
  readonly externalIp: string | undefined;
}

export function readComputer(row: JsonObject): Computer {
  const { policy, internal_ips: ips } = row;
  return {
    guid: Guid.safeParse(row['connector_guid']).data,
    hostname: textOf(row['hostname']),
    groupGuid: textOf(row['group_guid'])?.toLowerCase(),
    policyGuid: isJsonObject(policy) ? textOf(policy['guid'])?.toLowerCase() : undefined,
    lastSeenMs: instantMs(row['last_seen']),
    externalIp: textOf(row['external_ip'])?.trim(),
    internalIps: Array.isArray(ips) ? ips.flatMap((ip) => textOf(ip)?.trim() ?? []) : [],
  };
}

/** The single object of an answer: `{"data":{…}}`. */
export function dataOf(body: Json): JsonObject | undefined {
  const data = isJsonObject(body) ? body['data'] : undefined;
  return isJsonObject(data) ? data : undefined;
}

/** Throws where the answer is no computer: to act on what it does not say would be a guess. */
export function requireComputer(body: Json): JsonObject {
  const data = dataOf(body);
  if (data) return data;
  throw new ProviderError('provider.malformed-answer', 'Cisco AMP answered no computer');
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function instantMs(value: Json | undefined): number | undefined {
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
