/**
 * A simulated vendor: counts each request at its arrival, then answers it as the vendor would, or as
 * a scripted fault says.
 *
 * Deterministic: the clock is injected, nothing waits, and an answer says by itself how late and how
 * incomplete it is. `handle` is all a simulation in virtual time needs; the HTTP server uses the same.
 */
import type { Clock } from '../../../shared/kernel/clock.ts';
import { createAdmission, type LimitAudit } from './admission.ts';
import { type Arrival, type ArrivalCounts, createArrivalLog } from './arrival-log.ts';
import { answerControl, isControlPath } from './control.ts';
import { createExchange } from './exchange.ts';
import { createExpectations, type Expectation, UnexpectedRequests } from './expectations.ts';
import { whole } from './fault-answers.ts';
import { createFaults, type FaultScript, type Faults } from './faults.ts';
import type { Vendor } from './vendor.ts';
import { type InProcessRequest, type WireAnswer, type WireHead, wireHead } from './wire.ts';

export interface Audit extends ArrivalCounts {
  readonly vendor: string;
  readonly limits: Readonly<Record<string, LimitAudit>>;
  readonly unexpected: readonly string[];
  readonly unusedFaults: readonly FaultScript[];
}

export interface Simulator {
  readonly name: string;
  readonly basePath: string;
  readonly faults: Pick<Faults, 'add'>;
  /** Every request that arrived, oldest first. */
  readonly arrivals: readonly Arrival[];
  handle(request: InProcessRequest): WireAnswer;
  /** Counts a request as soon as its head is here; the function returned answers it. */
  begin(head: WireHead): (body: Uint8Array) => WireAnswer;
  audit(): Audit;
  /** Only what is expected is answered from now on. */
  expect(expectation: Expectation): void;
  /** Throws UnexpectedRequests when any request was unexpected. */
  assertNoUnexpected(): void;
  unusedFaults(): FaultScript[];
  unmetExpectations(): Expectation[];
  /** Does what became due; for a look at the vendor's state between requests. */
  advance(): void;
  describe(): unknown;
  control(name: string, body: unknown): unknown;
  /** Back to the first state, with nothing counted and nothing scripted. */
  reset(): void;
}

export interface SimulatorOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  /** When false an unknown operation gets the vendor's own 404 or 405 instead of 501. */
  readonly strict: boolean;
}

export function createSimulator<Caller>(
  vendor: Vendor<Caller>,
  { clock, strict }: SimulatorOptions,
): Simulator {
  const admission = createAdmission(vendor.limits);
  const log = createArrivalLog();
  const faults = createFaults();
  const expectations = createExpectations();
  const exchange = createExchange({ vendor, clock, strict, admission, log, faults, expectations });

  const begin = (head: WireHead): ((body: Uint8Array) => WireAnswer) =>
    isControlPath(head.path)
      ? (body) => whole(answerControl(simulator, head, body))
      : exchange.begin(head);

  const simulator: Simulator = {
    name: vendor.name,
    basePath: vendor.basePath,
    faults: { add: faults.add },
    arrivals: log.all,
    begin,
    handle: (request) => begin(wireHead(request))(request.body ?? new Uint8Array()),
    audit: () => ({
      vendor: vendor.name,
      limits: admission.audit(),
      ...log.counts(),
      unexpected: expectations.unexpected(),
      unusedFaults: faults.unused(),
    }),
    expect: expectations.expect,
    assertNoUnexpected() {
      const unexpected = expectations.unexpected();
      if (unexpected.length > 0) throw new UnexpectedRequests(unexpected);
    },
    unusedFaults: faults.unused,
    unmetExpectations: expectations.unmet,
    advance: () => vendor.advance(clock.nowMs()),
    describe: vendor.describe,
    control: (name, body) => vendor.controls?.[name]?.(body),
    reset() {
      for (const part of [vendor, admission, log, faults, expectations]) part.reset();
    },
  };
  return simulator;
}
