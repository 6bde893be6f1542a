/** The state of the simulated cloud: businesses, and what each of them has. */
import type { Later } from '../frame/later.ts';
import type { AmpEvent } from './events.ts';
import type { AmpSettings } from './settings.ts';

export type Product = 'windows' | 'mac' | 'linux' | 'android';

/** Replaced as a whole by every change, so that delayed work sees whether it is still wanted. */
export interface Isolation {
  readonly available: boolean;
  readonly status: 'not_isolated' | 'pending_start' | 'isolated' | 'pending_stop';
  readonly unlockCode?: string;
  readonly comment?: string;
  readonly isolatedBy?: string;
}

export interface Computer {
  readonly guid: string;
  readonly hostname: string;
  readonly product: Product;
  readonly operatingSystem: string;
  readonly osVersion?: string;
  readonly connectorVersion: string;
  /** As the connector reported them: some with a space in front. */
  readonly internalIps: readonly string[];
  readonly externalIp: string;
  readonly mac: string;
  readonly hardwareId: string;
  readonly users: readonly string[];
  readonly installedAtMs: number;
  readonly active: boolean;
  readonly compromised?: boolean;
  readonly demo?: boolean;
  lastSeenAtMs?: number;
  groupGuid: string;
  /** The policy it has, which lags behind that of its group. */
  policyGuid: string;
  isolation: Isolation;
  /** Whether it hears of what it is to do. */
  online: boolean;
  /** Whether a DELETE does delete it. */
  deletable: boolean;
}

export interface Group {
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly source: string | null;
  parentGuid?: string;
  readonly policyGuids: Partial<Record<Product, string>>;
}

export interface Policy {
  readonly guid: string;
  readonly name: string;
  readonly product: Product;
  readonly isDefault: boolean;
  readonly serialNumber: number;
  readonly fileListGuids: readonly string[];
}

export interface FileList {
  readonly guid: string;
  readonly name: string;
  readonly type: string;
  /** By SHA-256 in lower case; the value is its description. */
  readonly items: Map<string, string>;
}

export interface Indicator {
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly mitre: { readonly tactics: readonly string[]; readonly techniques: readonly string[] };
}

export interface Vulnerability {
  readonly application: string;
  readonly version: string;
  readonly filename: string;
  /** In the case that the connector reported it in. */
  readonly sha256: string;
  readonly cves: readonly { readonly id: string; readonly link: string; readonly cvss: number }[];
  readonly latestAtMs: number;
  readonly computerGuids: readonly string[];
}

export interface EventStream {
  readonly id: number;
  name: string;
  /** All of them when empty. */
  eventTypes: readonly number[];
  groupGuids: readonly string[];
  readonly userName: string;
  readonly password: string;
}

export interface Business {
  readonly id: string;
  readonly defaultGroupGuid: string;
  readonly computers: Map<string, Computer>;
  readonly groups: Map<string, Group>;
  readonly policies: Map<string, Policy>;
  readonly fileLists: Map<string, FileList>;
  readonly indicators: Map<string, Indicator>;
  readonly vulnerabilities: readonly Vulnerability[];
  readonly streams: Map<number, EventStream>;
  /** Oldest first. */
  readonly events: AmpEvent[];
}

export interface World {
  readonly businesses: ReadonlyMap<string, Business>;
  readonly later: Later;
  readonly settings: AmpSettings;
  /** Numbers count up and are never used again. */
  nextNumber(): number;
  /** Back to the first state. */
  reset(): void;
}

/** `2022-04-08T14:49:51Z`, as computers and headers spell it. */
export const zuluDate = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`;

/** `2022-04-08T14:49:51+00:00`, as events spell it. */
export const offsetDate = (atMs: number): string => zuluDate(atMs).replace('Z', '+00:00');
