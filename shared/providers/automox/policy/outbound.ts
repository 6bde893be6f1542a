/**
 * The body that is sent to create a policy: strict where the parameters were lenient. Adds what the
 * vendor requires without documenting it, and removes what it does not take.
 *
 * Everything it changes that alters what the policy does is said in `warnings`, as are settings
 * that will not do what they suggest. Refuses (`job.refused`) a policy that names another
 * organization than the account's: every other refusal is the parameters' own.
 *
 * source: 'Automox console API, observed' for every default below.
 */
import { type FieldProblem, SluiceError } from '../../../errors/sluice-error.ts';
import { outboundConfiguration } from './outbound-configuration.ts';
import type { PolicyCreateParams } from './policy-params.ts';
import { configurationWarnings } from './policy-warnings.ts';
import { fullMask, MONTHS, WEEKS } from './schedule-bits.ts';
import { scheduleWarnings } from './schedule-warnings.ts';

/** What `POST /policies` takes. A type, not an interface, so that it is assignable to JSON. */
export type OutboundPolicy = {
  readonly name: string;
  readonly policy_type_name: PolicyCreateParams['policy_type_name'];
  readonly organization_id: number;
  readonly schedule_days: number;
  readonly schedule_weeks_of_month: number;
  readonly schedule_months: number;
  readonly schedule_time: string;
  readonly use_scheduled_timezone: boolean;
  readonly scheduled_timezone?: string;
  readonly notes: string;
  readonly server_groups: readonly number[];
  /** Of required software only; the other kinds carry it in their configuration. */
  readonly notify_user?: boolean;
  readonly configuration: Readonly<Record<string, unknown>>;
};

export interface Outbound {
  readonly body: OutboundPolicy;
  /** `field` is a path in the policy, such as `configuration.filters`. */
  readonly warnings: readonly FieldProblem[];
}

export interface OutboundOptions {
  /** The organization of the account, sent as `o` too. */
  readonly organizationId: number;
}

export function toOutboundPolicy(params: PolicyCreateParams, options: OutboundOptions): Outbound {
  const { organizationId } = options;
  refuseOtherOrganization(params, organizationId);
  const schedule = completeSchedule(params);
  const software = params.policy_type_name === 'required_software';
  const body: OutboundPolicy = {
    name: params.name,
    policy_type_name: params.policy_type_name,
    organization_id: organizationId,
    ...schedule,
    notes: params.notes ?? '',
    server_groups: params.server_groups ?? [],
    ...(software && typeof params.notify_user === 'boolean'
      ? { notify_user: params.notify_user }
      : {}),
    configuration: outboundConfiguration(params),
  };
  const warnings = [
    ...scheduleWarnings(schedule),
    ...zoneWarnings(params),
    ...configurationWarnings(params),
  ];
  return { body, warnings };
}

function refuseOtherOrganization(params: PolicyCreateParams, organizationId: number): void {
  const named = params.organization_id ?? 0;
  if (named === 0 || named === organizationId) return;
  const problem =
    `is ${named}, but the account belongs to organization ${organizationId}: remove it, or submit ` +
    'the job under an account of that organization';
  throw new SluiceError('job.refused', `organization_id ${problem}`, {
    fields: [{ field: 'organization_id', problem }],
  });
}

function completeSchedule(params: PolicyCreateParams) {
  const runs = params.schedule_days !== 0;
  const zone = params.use_scheduled_timezone ? params.scheduled_timezone : undefined;
  return {
    schedule_days: params.schedule_days,
    schedule_weeks_of_month: params.schedule_weeks_of_month ?? (runs ? fullMask(WEEKS) : 0),
    schedule_months: params.schedule_months ?? (runs ? fullMask(MONTHS) : 0),
    schedule_time: params.schedule_time,
    use_scheduled_timezone: params.use_scheduled_timezone ?? false,
    ...(zone ? { scheduled_timezone: zone } : {}),
  };
}

function zoneWarnings(params: PolicyCreateParams): FieldProblem[] {
  if (params.use_scheduled_timezone || !params.scheduled_timezone) return [];
  const problem =
    'is not sent: use_scheduled_timezone is not true, so each device goes by its own clock';
  return [{ field: 'scheduled_timezone', problem }];
}
