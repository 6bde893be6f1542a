/** What differs between deployments, in one table. The code, the roles and the limits are the same. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { invariant } from '../shared/kernel/invariant.ts';

export interface Stage {
  /** Tables and buckets outlive the stack, and no one deletes a table by accident. */
  readonly keepsData: boolean;
  /** Tables can be restored to any second of the last 35 days. */
  readonly pointInTimeRecovery: boolean;
  readonly logRetention: RetentionDays;
  /** Of the memory that a function's contract names. */
  readonly memoryShare: number;
  readonly alarms: boolean;
  /** Requests a second of all callers together, and how many may come at once, before 429. */
  readonly httpThrottle: { readonly rateLimit: number; readonly burstLimit: number };
}

export const stages = {
  prod: {
    keepsData: true,
    pointInTimeRecovery: true,
    logRetention: RetentionDays.THREE_MONTHS,
    memoryShare: 1,
    alarms: true,
    httpThrottle: { rateLimit: 100, burstLimit: 200 },
  },
  dev: {
    keepsData: false,
    pointInTimeRecovery: false,
    logRetention: RetentionDays.ONE_WEEK,
    memoryShare: 0.5,
    alarms: false,
    httpThrottle: { rateLimit: 20, burstLimit: 40 },
  },
} as const satisfies Readonly<Record<string, Stage>>;

export type StageName = keyof typeof stages;

/** The stage of `-c stage=NAME`; the safe one where none is named. Throws for one that is not there. */
export function parseStageName(named: unknown): StageName {
  const name = named ?? 'prod';
  const found = Object.keys(stages).find((it): it is StageName => it === name);
  invariant(found !== undefined, `there is no stage "${name}": ${Object.keys(stages).join(', ')}`);
  return found;
}
