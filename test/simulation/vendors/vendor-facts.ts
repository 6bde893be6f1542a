/** What the simulation has to know of a vendor, and nothing else of it knows. */

import type { Simulator } from '../../../local/simulators/frame/simulator.ts';
import type { InProcessRequest, WireAnswer } from '../../../local/simulators/frame/wire.ts';
import type { Account } from '../../../shared/config/account.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import type { Limits } from '../oracle.ts';
import type { VendorPlan, Work } from '../plan.ts';
import type { World } from '../world.ts';

export interface VendorFacts {
  readonly account: Account;
  /**
   * The limits that the limiter promises exactly, as the vendor's own counter knows them: written here
   * again on purpose. Where one is lower than documented, so that a short history meets it, `configured`
   * says so to Sluice.
   */
  readonly limits: Readonly<Record<string, Limits>>;
  readonly configured: readonly string[];
  /** The kinds of its work, each as often as it is to be drawn. */
  readonly workKinds: readonly string[];
  /** The secret of the account, and the one that replaces it. */
  readonly secrets: readonly [first: Json, second: Json];
  /** Texts of those that nobody may see. */
  readonly canaries: readonly string[];
  /** Whether it gives tokens, which end before the secret does. */
  readonly givesTokens: boolean;
  open(world: Pick<World, 'clock' | 'startMs'>): VendorSite;
}

/** The vendor's side of one history. */
export interface VendorSite {
  /** Its own limits are switched off. */
  readonly simulator: Simulator;
  budgetOf(request: InProcessRequest): string | undefined;
  /** What a write did, where doing it twice would be a fault: `run 77/1001`. */
  effectOf(request: InProcessRequest): string | undefined;
  /** By kind. */
  readonly works: Readonly<Record<string, WorkOf>>;
  /** The headers by which it tells of a limit. */
  rateHeaders(standing: Standing, plan: VendorPlan): Readonly<Record<string, string>>;
  revokeFirstSecret(): void;
  /** Ends every token that was given. */
  expireTokens(): void;
  /** A text of that answer which nobody may see. */
  tokenIn(answer: WireAnswer): string | undefined;
}

/** `effects`: how often each thing was done at the vendor so far. */
export type WorkOf = (work: Work, effects: Effects) => WorkFacts;

export type Effects = ReadonlyMap<string, number>;

/** How a limit stands. */
export interface Standing {
  readonly requests: number;
  readonly remaining: number;
  /** Until a call is free again; zero where one is. */
  readonly waitMs: number;
  readonly nowMs: number;
}

export interface WorkFacts {
  readonly type: string;
  readonly params: object;
  /** Its writes that must not be made twice, as `effectOf` names them. */
  readonly onceOnly: readonly string[];
  /** Whether the vendor shows all of it done. */
  isDone(): boolean;
  /** How many rows its list has. */
  readonly rows?: number;
}

/** Windows so short that a simulator's own counter never refuses. */
export const NO_LIMITS = 1e-9;

export const bodyOf = ({ body }: InProcessRequest): Record<string, unknown> =>
  JSON.parse(Buffer.from(body ?? []).toString() || '{}');

export const isMade = (effects: Effects, onceOnly: readonly string[]) => (): boolean =>
  onceOnly.every((what) => (effects.get(what) ?? 0) >= 1);

/** No two works of a plan have the same, as long as there are enough. */
export function pickOf<T>(from: Iterable<T>, name: number): T {
  const all = [...from];
  const picked = all[name % all.length];
  if (picked === undefined) throw new RangeError('the vendor has none to pick from');
  return picked;
}
