/** A cloud with a few computers on a clock that the test moves, and short ways to call it. */
import {
  type AmpSimulator,
  type AmpSimulatorOptions,
  createAmpSimulator,
} from '../../../../local/simulators/amp/amp-simulator.ts';
import type { Computer } from '../../../../local/simulators/amp/world.ts';
import type { WireAnswer } from '../../../../local/simulators/frame/wire.ts';

export const STARTED_AT_MS = Date.UTC(2026, 2, 28, 15, 52, 47);

export interface Envelope<T> {
  readonly version: string | null;
  readonly metadata: {
    readonly links: { readonly self: string; readonly prev?: string; readonly next?: string };
    readonly results: { readonly total: number; readonly current_item_count: number };
  };
  readonly data: T;
  readonly errors?: readonly { readonly error_code: number; readonly details: readonly string[] }[];
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  json<T = unknown>(): Envelope<T>;
  data<T = unknown>(): T;
}

interface Call {
  readonly query?: Readonly<Record<string, string | number>> | URLSearchParams;
  readonly body?: unknown;
  /** `client:key`; nothing is sent when empty. */
  readonly login?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
}

export interface TestCloud {
  readonly simulator: AmpSimulator;
  call(method: string, path: string, call?: Call): Reply;
  wait(durationMs: number): void;
  /** The first computer of which this holds. */
  computer(holds?: (computer: Computer) => boolean): Computer;
}

export const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

export function createCloud(options: AmpSimulatorOptions = {}): TestCloud {
  let nowMs = STARTED_AT_MS;
  const clock = { nowMs: () => nowMs };
  const fleet = { computers: 40, events: 60 };
  const simulator = createAmpSimulator({ clock, fleet, ...options });
  return {
    simulator,
    wait: (durationMs) => {
      nowMs += durationMs;
    },
    call(method, path, { query = {}, body, login = '1234:atest', headers = {}, ip } = {}) {
      const answer = simulator.handle({
        method,
        path: `/v1${path}`,
        query:
          query instanceof URLSearchParams
            ? query
            : Object.fromEntries(Object.entries(query).map(([name, v]) => [name, String(v)])),
        headers: {
          ...(login === '' ? {} : { authorization: basic(login) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(ip === undefined ? {} : { ip }),
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      });
      return replyOf(answer);
    },
    computer(holds = () => true) {
      const found = simulator.business('acme').state.computers.values().find(holds);
      if (found === undefined) throw new RangeError('no such computer');
      return found;
    },
  };
}

/** A computer that does as it is told. */
export const obeys = ({ online, isolation }: Computer): boolean => online && isolation.available;

function replyOf({ status, headers, body }: WireAnswer): Reply {
  const text = Buffer.from(body as Uint8Array).toString();
  const json = <T>() => JSON.parse(text) as Envelope<T>;
  return { status, headers, text, json, data: <T>() => json<T>().data };
}
