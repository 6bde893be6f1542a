import type { LimitRule, Verdict } from './admission.ts';
import type { Route } from './router.ts';
import type { WireHead, WireResponse } from './wire.ts';

interface AnswerSurroundings<Caller> {
  readonly head: WireHead;
  readonly caller: Caller;
  readonly verdict: Verdict;
  readonly nowMs: number;
}

/**
 * All that a vendor adds to the frame. `Caller` is what its credentials say about who is asking,
 * nobody known included.
 */
export interface Vendor<Caller> {
  readonly name: string;
  /** In front of every path, such as `/api`; empty when there is none. */
  readonly basePath: string;
  readonly limits: readonly LimitRule<Caller>[];
  readonly routes: readonly Route<Caller>[];
  readonly identify: (head: WireHead, nowMs: number) => Caller;
  /** An answer that ends the request before its route is reached, such as 401. */
  readonly guard: (head: WireHead, caller: Caller) => WireResponse | undefined;
  /** An error in the vendor's usual envelope. */
  readonly errorOf: (status: number) => WireResponse;
  /** The answer to a request over a limit. */
  readonly throttled: (surroundings: AnswerSurroundings<Caller>) => WireResponse;
  /** Headers that every answer carries. */
  readonly headersOf: (surroundings: AnswerSurroundings<Caller>) => Record<string, string>;
  /** The answer as it crosses the wire, such as compressed; as it is when absent. */
  readonly encode?: (head: WireHead, answer: WireResponse) => WireResponse;
  /** Does what became due before this request. */
  readonly advance: (nowMs: number) => void;
  readonly reset: () => void;
  /** A summary of the vendor's state, for `GET /__simulator/state`. */
  readonly describe: () => unknown;
  /** What else `POST /__simulator/<name>` can do; takes parsed JSON and throws on nonsense. */
  readonly controls?: Readonly<Record<string, (body: unknown) => unknown>>;
}
