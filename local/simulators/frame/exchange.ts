/**
 * The way of one request: counted at its arrival, then refused by a limit, hit by a fault, stopped by
 * the vendor's guard, or answered by its route.
 */
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Admission, Verdict } from './admission.ts';
import type { Arrival, ArrivalLog } from './arrival-log.ts';
import type { Expectations } from './expectations.ts';
import { faultAnswer, whole } from './fault-answers.ts';
import type { Faults } from './faults.ts';
import { Refusal } from './refusal.ts';
import { createRouter, type FoundRoute, type Router } from './router.ts';
import type { Vendor } from './vendor.ts';
import { jsonResponse, type WireAnswer, type WireHead, type WireResponse } from './wire.ts';

export interface ExchangeParts<Caller> {
  readonly vendor: Vendor<Caller>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly strict: boolean;
  readonly admission: Admission<Caller>;
  readonly log: ArrivalLog;
  readonly faults: Faults;
  readonly expectations: Expectations;
}

export interface Exchange {
  begin(head: WireHead): (body: Uint8Array) => WireAnswer;
}

interface Arrived<Caller> {
  readonly head: WireHead;
  /** Below the base path; undefined outside of it. */
  readonly path: string | undefined;
  readonly caller: Caller;
  readonly found: FoundRoute<Caller> | undefined;
  readonly verdict: Verdict;
  readonly arrival: Arrival;
  readonly nowMs: number;
}

export function createExchange<Caller>(parts: ExchangeParts<Caller>): Exchange {
  const router = createRouter(parts.vendor.routes);
  return {
    begin(head) {
      const request = arrive(parts, router, head);
      return (body) => {
        const bare = answerOf(parts, router, request, body);
        const headers = { ...parts.vendor.headersOf(request), ...bare.headers };
        const plain = { ...bare, headers };
        const answer = { ...plain, ...parts.vendor.encode?.(head, plain) };
        parts.log.close(request.arrival, body, answer);
        return answer;
      };
    },
  };
}

function arrive<Caller>(
  { vendor, clock, admission, log }: ExchangeParts<Caller>,
  router: Router<Caller>,
  head: WireHead,
): Arrived<Caller> {
  const nowMs = clock.nowMs();
  vendor.advance(nowMs);
  const path = pathBelow(vendor.basePath, head.path);
  const caller = vendor.identify(head, nowMs);
  const found = path === undefined ? undefined : router.find(head.method, path);
  const operation = `${head.method} ${found?.route.path ?? '(unknown)'}`;
  const arrival = log.add(head, operation, nowMs);
  const verdict = admission.arrive({ ...head, path: path ?? '' }, caller, nowMs);
  return { head, path, caller, found, verdict, arrival, nowMs };
}

function answerOf<Caller>(
  { vendor, strict, faults, expectations }: ExchangeParts<Caller>,
  router: Router<Caller>,
  request: Arrived<Caller>,
  body: Uint8Array,
): WireAnswer {
  const { head, path, verdict, nowMs } = request;
  const known = request.found !== undefined;
  const expected = expectations.meet(head.method, path ?? head.path, known);
  if (strict && !expected) return whole(notExpected(vendor.name, head));
  if (verdict.refused !== undefined) return whole(vendor.throttled(request));
  const fault = path === undefined ? undefined : faults.take(head, path);
  const act = (): WireResponse => actOn(vendor, router, request, body);
  if (fault === undefined) return whole(act());
  return faultAnswer(fault, { nowMs, act, errorOf: vendor.errorOf });
}

function actOn<Caller>(
  vendor: Vendor<Caller>,
  router: Router<Caller>,
  { head, path, caller, found, nowMs, arrival }: Arrived<Caller>,
  body: Uint8Array,
): WireResponse {
  const refused = vendor.guard(head, caller);
  if (refused !== undefined) return refused;
  if (found === undefined) {
    return vendor.errorOf(router.methodsOf(path ?? '').length === 0 ? 404 : 405);
  }
  const wrote = (things: number): void => {
    arrival.effects += things;
  };
  try {
    return found.route.answer({ ...head, params: found.params, caller, body, nowMs, wrote });
  } catch (error) {
    if (error instanceof Refusal) return error.response;
    throw error;
  }
}

function pathBelow(basePath: string, path: string): string | undefined {
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}

const notExpected = (vendor: string, { method, path }: WireHead): WireResponse =>
  jsonResponse(501, { simulator: vendor, problem: `${method} ${path} was not expected` });
