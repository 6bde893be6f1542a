/** The state of the simulated OpsRamp, in the spelling of its own rows where rows are kept whole. */
import type { Random } from '../../../shared/kernel/random.ts';
import type { Later } from '../frame/later.ts';
import type { AlertRecord } from './alert-record.ts';
import type { Maintenance } from './maintenance-states.ts';
import type { PatchRecord, PatchRow } from './patch-record.ts';
import type { JobOutput, JobRun, ProcessInstance } from './run-records.ts';
import type { OpsRampSettings } from './settings.ts';

export type Row = Record<string, unknown>;

export interface Resource {
  readonly id: string;
  hostName: string;
  resourceName: string;
  aliasName: string;
  name: string;
  ipAddress: string;
  readonly dnsName: string;
  readonly macAddress: string;
  serialNumber: string;
  readonly type: 'DEVICE';
  readonly deviceType: string;
  resourceType: string;
  state: 'active' | 'inactive' | 'discovered';
  readonly osName: string;
  readonly agentInstalled: boolean;
  description: string;
  extResourceId: string;
  readonly client: { readonly id: number; readonly uniqueId: string; readonly name: string };
  tags: readonly { readonly name: string; readonly value: string }[];
  readonly location: Row;
  readonly createdDate: string;
  updatedDate: string;
}

export const TICKET_KINDS = [
  ...['incidents', 'serviceRequests', 'changeRequests'],
  ...['problems', 'tasks', 'timeBoundRequests'],
] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

/** Rows of which the simulator knows little more than that they exist. */
export const SHELVES = [
  ...(['managementProfiles', 'agentPolicies', 'discoveryPolicies', 'managementPolicies'] as const),
  ...(['scriptCategories', 'scripts', 'processes', 'exports', 'integrations'] as const),
  ...(['integrationEvents', 'integrationActivity', 'articles', 'articleCategories'] as const),
  ...(['templates', 'monitors', 'metricTypes', 'patchConfigurations', 'complianceJobs'] as const),
  ...(['deviceGroups', 'customAttributes', 'users', 'roles', 'userGroups', 'notes'] as const),
] as const;
export type Shelf = (typeof SHELVES)[number];

export interface Tenant {
  readonly uniqueId: string;
  readonly uuid: string;
  /** The number in the unique id. */
  readonly number: number;
  readonly name: string;
  readonly kind: 'client' | 'partner';
  /** The partner that a client belongs to. */
  readonly partner: string | undefined;
  state: 'active' | 'suspended' | 'deactivated';
  readonly resources: Map<string, Resource>;
  readonly alerts: Map<string, AlertRecord>;
  /** Alerts by the id of the event that made or repeated them. */
  readonly alertEvents: Map<string, { readonly alertId: string; readonly atMs: number }>;
  /** By resource. */
  readonly patches: Map<string, PatchRow[]>;
  /** By resource. */
  readonly patchRecords: Map<string, PatchRecord>;
  readonly maintenances: Map<string, Maintenance>;
  readonly jobs: Map<string, Row>;
  readonly jobRuns: JobRun[];
  readonly jobOutputs: JobOutput[];
  readonly processInstances: Map<string, ProcessInstance>;
  readonly tickets: Readonly<Record<TicketKind, Map<string, Row>>>;
  /** Values by epoch second, by resource and metric. */
  readonly metrics: Map<string, Map<number, number>>;
  readonly shelves: Readonly<Record<Shelf, Map<string, Row>>>;
}

export interface World {
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly later: Later;
  readonly settings: OpsRampSettings;
  readonly random: Random;
  /** Ids count up and are never used again. */
  nextId(): number;
  nextUuid(): string;
  /** How many more calls will find this new thing not ready, by its id. */
  readonly notReady: Map<string, number>;
  /** Back to the first state. */
  reset(): void;
}

/** By unique id or by UUID: a path may name a tenant by either. */
export const findTenant = ({ tenants }: World, name: string): Tenant | undefined =>
  tenants.get(name) ?? [...tenants.values()].find(({ uuid }) => uuid === name);
