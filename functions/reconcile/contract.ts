import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { days, minutes } from '../../shared/kernel/duration.ts';

/** Looks once a minute after jobs that time has overtaken. */
export const reconcileContract = {
  name: 'reconcile',
  environment: ['configFile', 'jobsTable', 'busName', 'queueUrls'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

export const reconcileEveryMs = minutes(1);

/** The event that asks for the age of the secrets instead of a round; each day. */
export const secretAgesEvent = { check: 'secret-ages' } as const;
const secretAgesEveryMs = days(1);

/** What the clock asks of the reconciler. No schedule of the config can have these names: theirs have no dot. */
export const reconcileTicks = (prefix: string) =>
  [
    {
      name: `${prefix}.reconcile`,
      about: 'Looks after jobs that time has overtaken',
      everyMs: reconcileEveryMs,
    },
    {
      name: `${prefix}.secret-ages`,
      about: 'Tells how old the secrets are',
      everyMs: secretAgesEveryMs,
      input: secretAgesEvent,
    },
  ] as const;
