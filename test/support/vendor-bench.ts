/**
 * A simulated vendor and job harnesses pointed at it, for as long as one test. On sockets the wire
 * client of the product is between the two; in the process a virtual one is, so that silence and
 * thousands of requests cost no time.
 */
import { onTestFinished } from 'vitest';
import { startSimulatorServer } from '../../local/simulators/frame/server.ts';
import type { Simulator } from '../../local/simulators/frame/simulator.ts';
import type { InProcessRequest, WireAnswer } from '../../local/simulators/frame/wire.ts';
import type { Account } from '../../shared/config/account.ts';
import type { Json } from '../../shared/kernel/json.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { EngineOptions } from './job-engine.ts';
import { createJobHarness, type JobHarness } from './job-harness.ts';
import { createLeapingClock, type LeapingClock } from './leaping-clock.ts';
import { createVirtualVendorClient } from './scenario/virtual-vendor-client.ts';

export interface VendorSide<S extends Simulator> {
  readonly provider: Provider;
  readonly simulatorOn: (clock: LeapingClock) => S;
  readonly accountAt: (endpoint: string) => Account;
  /** The first value of the account's secret. */
  readonly secret: Json;
  /** In front of the paths of requests, and not worth saying. */
  readonly below: string;
  /** What else a harness is made with. */
  readonly harness?: Partial<Pick<EngineOptions, 'sources' | 'onRow'>>;
  /** Requests that are not the job's own, such as one for a token; default none. */
  readonly isAside?: (path: string) => boolean;
}

export interface VendorBench<S extends Simulator> {
  readonly provider: Provider;
  readonly simulator: S;
  /** A harness with an empty jobs table and unspent budgets; `accountAt` for another account. */
  harness(accountAt?: VendorSide<S>['accountAt']): JobHarness;
  /** The same, and the vendor in its first state, as `prepare` then changes it. */
  begin(prepare?: () => void): JobHarness;
  /**
   * Changes the text of each JSON that a success answers from now on; without `change` none any more.
   * In the process alone.
   */
  tamper(change?: (text: string) => string): void;
  /** `METHOD /path` of each request that arrived, oldest first. */
  requests(method?: string): string[];
}

export type Wire = 'sockets' | 'process';

export async function startVendorBench<S extends Simulator>(
  side: VendorSide<S>,
  wire: Wire = 'sockets',
): Promise<VendorBench<S>> {
  const { provider, secret, below, isAside = () => false } = side;
  const clock = createLeapingClock();
  const simulator = side.simulatorOn(clock);
  let change: ((text: string) => string) | undefined;
  const isOwn = ({ path }: InProcessRequest) => !isAside(path);
  const handle = (request: InProcessRequest): WireAnswer => {
    const answer = simulator.handle(request);
    return change && isOwn(request) ? tampered(answer, change) : answer;
  };
  const { endpoint, client } =
    wire === 'sockets' ? await onSockets(simulator) : inProcess(simulator, clock, handle);
  const harnesses: JobHarness[] = [];
  onTestFinished(() => {
    for (const harness of harnesses) harness.close();
  });
  const harness = (accountAt = side.accountAt): JobHarness => {
    const account = accountAt(endpoint);
    const made = createJobHarness({
      provider,
      account,
      secret,
      clock,
      ...side.harness,
      ...(client && { client }),
    });
    harnesses.push(made);
    return made;
  };
  return {
    provider,
    simulator,
    harness,
    begin(prepare) {
      simulator.reset();
      prepare?.();
      return harness();
    },
    tamper(next) {
      change = next;
    },
    requests: (method) =>
      simulator.arrivals
        .filter((arrival) => !isAside(arrival.path))
        .filter((arrival) => method === undefined || arrival.method === method)
        .map((arrival) => `${arrival.method} ${arrival.path.replace(below, '')}`),
  };
}

async function onSockets(simulator: Simulator) {
  const server = await startSimulatorServer(simulator);
  onTestFinished(() => server.close());
  return { endpoint: server.url, client: undefined };
}

/** Nothing listens at the endpoint: only the path of it counts. */
function inProcess(
  simulator: Simulator,
  clock: LeapingClock,
  handle: (request: InProcessRequest) => WireAnswer,
) {
  const latency = () => ({ thereMs: 1, backMs: 1 });
  const client = createVirtualVendorClient({ clock, simulator: { handle }, latency });
  return { endpoint: `http://127.0.0.1:9${simulator.basePath}`, client };
}

function tampered(answer: WireAnswer, change: (text: string) => string): WireAnswer {
  const { status, headers, body } = answer;
  const isJson = headers['content-type']?.includes('json') && body instanceof Uint8Array;
  if (status > 299 || !isJson) return answer;
  return { ...answer, body: Buffer.from(change(Buffer.from(body).toString())) };
}
