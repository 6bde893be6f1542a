import { type PathMatch, parsePathPattern } from './path-pattern.ts';
import type { WireHead, WireResponse } from './wire.ts';

export interface RouteCall<Caller> extends WireHead {
  readonly params: PathMatch;
  readonly caller: Caller;
  readonly body: Uint8Array;
  readonly nowMs: number;
  /** Reports that the call changed `things` things: what the audit proves happened at most once. */
  wrote(things: number): void;
}

export interface Route<Caller> {
  readonly method: string;
  /** Below the vendor's base path, such as `/servers/:id`. */
  readonly path: string;
  readonly answer: (call: RouteCall<Caller>) => WireResponse;
}

export interface FoundRoute<Caller> {
  readonly route: Route<Caller>;
  readonly params: PathMatch;
}

export interface Router<Caller> {
  find(method: string, path: string): FoundRoute<Caller> | undefined;
  /** Methods that the path knows, for an answer of 405. */
  methodsOf(path: string): string[];
}

/** A fixed segment wins over a hole: `/servers/batch` is never a server called "batch". */
export function createRouter<Caller>(routes: readonly Route<Caller>[]): Router<Caller> {
  const table = routes
    .map((route) => ({ route, pattern: parsePathPattern(route.path) }))
    .sort((a, b) => a.pattern.holes - b.pattern.holes);
  return {
    find(method, path) {
      for (const { route, pattern } of table) {
        if (route.method !== method) continue;
        const params = pattern.match(path);
        if (params !== undefined) return { route, params };
      }
      return undefined;
    },
    methodsOf: (path) =>
      table
        .filter(({ pattern }) => pattern.match(path) !== undefined)
        .map(({ route }) => route.method),
  };
}
