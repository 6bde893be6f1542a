/**
 * A plan: all that a simulated history is made of, as data. It is drawn from a seed, or cut down from
 * another plan, and gives the same history each time.
 */
export const vendorNames = ['automox', 'opsramp', 'amp'] as const;
export type VendorName = (typeof vendorNames)[number];

/** One job that a caller wants done. */
export interface Work {
  /** Names it: its idempotency key, and what it changes at the vendor, follow from it. */
  readonly name: number;
  readonly atMs: number;
  /** One of the kinds of work that the vendor's file knows. */
  readonly kind: string;
  readonly tenant: string;
  readonly urgent: boolean;
  readonly way: 'http' | 'queue';
  /** After `atMs`. */
  readonly deadlineMs?: number;
  readonly cancelAfterMs?: number;
  /** Sent again with the same key and another body, which must be refused. */
  readonly conflictAfterMs?: number;
}

export const hostKinds = ['api', 'intake', 'worker', 'reconcile'] as const;
export type HostKind = (typeof hostKinds)[number];

export const ports = [
  'jobs',
  'budgets',
  'results',
  'bus',
  'secrets',
  'lane',
  'visibility',
] as const;
export type PortName = (typeof ports)[number];

/** Where in the life of the nth invocation of a function: its kth call of a port. */
export interface Place {
  readonly host: HostKind;
  readonly invocation: number;
  readonly step: number;
}

export type Fault =
  /** The process dies before the call has its effect, or after it and before its answer. */
  | ({ readonly kind: 'crash'; readonly when: 'before' | 'after' } & Place)
  /** The process stands still after the call. */
  | ({ readonly kind: 'freeze'; readonly forMs: number } & Place)
  /** The call has its effect and answers that it failed. */
  | ({ readonly kind: 'lost-answer' } & Place)
  /** The call has its effect, its answer is lost, and the SDK sends it again. */
  | ({ readonly kind: 'repeated' } & Place)
  | {
      readonly kind: 'outage';
      readonly port: PortName;
      readonly fromMs: number;
      readonly forMs: number;
    }
  /** The nth invocation's event is handed to a second environment as well. */
  | {
      readonly kind: 'duplicate';
      readonly host: 'worker' | 'intake';
      readonly invocation: number;
      readonly afterMs: number;
    }
  /** The nth request that reaches the vendor meets this. */
  | { readonly kind: 'vendor'; readonly request: number; readonly fault: VendorFault }
  | {
      readonly kind: 'slow';
      readonly request: number;
      readonly thereMs: number;
      readonly backMs: number;
    }
  /** Another client of the same account spends from a limit. */
  | {
      readonly kind: 'foreign';
      readonly atMs: number;
      readonly budget: string;
      readonly calls: number;
    }
  /** The vendor allows less for a while, or for good. */
  | {
      readonly kind: 'lowered';
      readonly budget: string;
      readonly requests: number;
      readonly atMs: number;
      readonly forMs: number;
    }
  /** Others want the same permits: each delivery gets one. */
  | { readonly kind: 'rivals'; readonly fromMs: number; readonly forMs: number }
  | {
      readonly kind: 'pause';
      readonly budget: string;
      readonly fromMs: number;
      readonly forMs: number;
    }
  /** The vendor's key is replaced: in Secrets Manager first, at the vendor a moment later. */
  | { readonly kind: 'rotation'; readonly atMs: number }
  /** Every token that the vendor gave is over. */
  | { readonly kind: 'tokens-end'; readonly atMs: number }
  /**
   * Another version is deployed, with a limit of the config lowered or, without one, all as they were:
   * what runs goes on as it began, what starts is of the new one.
   */
  | {
      readonly kind: 'deploy';
      readonly atMs: number;
      readonly lowered?: { readonly budget: string; readonly requests: number };
    }
  /** A message that is none comes in, in front of the intake or on the lane. */
  | {
      readonly kind: 'poison';
      readonly atMs: number;
      readonly queue: 'intake' | 'lane';
      readonly body: string;
    }
  /** Until the calm, whichever process takes a message of that job dies at that call of a port. */
  | { readonly kind: 'killer'; readonly work: number; readonly killsAt: number }
  /** The wall clock of a host jumps, and is put right later. */
  | {
      readonly kind: 'clock-step';
      readonly environment: number;
      readonly atMs: number;
      readonly byMs: number;
      readonly forMs: number;
    };

export type VendorFault =
  | {
      readonly kind: 'throttle';
      readonly retryAfterSeconds?: number;
      readonly form: 'seconds' | 'date';
    }
  | { readonly kind: 'status'; readonly status: number; readonly acted: boolean }
  | { readonly kind: 'html'; readonly acted: boolean }
  | { readonly kind: 'silence'; readonly acted: boolean }
  | { readonly kind: 'cut'; readonly acted: boolean }
  | { readonly kind: 'half-body' };

export interface VendorPlan {
  readonly name: VendorName;
  /** By what rule it refuses. Ours must be good enough for each. */
  readonly counting: 'sliding' | 'aligned' | 'bucket';
  /** When in its work on a request it counts it. */
  readonly countsAt: 'arrival' | 'completion';
  readonly retryAfter: 'seconds' | 'date' | 'absent';
}

export interface Plan {
  readonly seed: number;
  readonly vendor: VendorPlan;
  /** How far the wall clock of each environment is off; taken in turn. */
  readonly skewsMs: readonly number[];
  readonly work: readonly Work[];
  readonly faults: readonly Fault[];
  /** From then on nothing goes wrong any more. */
  readonly calmAtMs: number;
}
