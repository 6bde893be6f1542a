/** A console with a few devices on a clock that the test moves, and short ways to call it. */
import {
  type AutomoxSimulator,
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../../../../local/simulators/automox/automox-simulator.ts';
import type { Device } from '../../../../local/simulators/automox/world.ts';
import type { WireAnswer } from '../../../../local/simulators/frame/wire.ts';

export const ORG = 9237;
export const STARTED_AT_MS = Date.UTC(2026, 2, 28, 15, 52, 47);

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON, of whatever shape the test expects. Throws on anything else. */
  json<T = unknown>(): T;
}

interface Call {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly ip?: string;
}

export interface TestConsole {
  readonly simulator: AutomoxSimulator;
  call(method: string, path: string, call?: Call): Reply;
  wait(durationMs: number): void;
  device(index: number): Device;
}

export function createConsole(options: AutomoxSimulatorOptions = {}): TestConsole {
  let nowMs = STARTED_AT_MS;
  const clock = { nowMs: () => nowMs };
  const simulator = createAutomoxSimulator({ clock, fleet: { devices: 145 }, ...options });
  return {
    simulator,
    wait: (durationMs) => {
      nowMs += durationMs;
    },
    call(method, path, { query = {}, body, key = 'automox-key', ip = '127.0.0.1' } = {}) {
      const texts = Object.entries({ o: ORG, ...query }).map(([name, v]) => [name, String(v)]);
      const answer = simulator.handle({
        method,
        path: `/api${path}`,
        query: Object.fromEntries(texts),
        headers: {
          'Content-Type': 'application/json',
          ...(key === '' ? {} : { Authorization: `Bearer ${key}` }),
        },
        ip,
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      });
      return replyOf(answer);
    },
    device(index) {
      const device = [...simulator.org(ORG).devices.values()][index];
      if (device === undefined) throw new RangeError(`no device ${index}`);
      return device;
    },
  };
}

function replyOf({ status, headers, body }: WireAnswer): Reply {
  const text = Buffer.from(body as Uint8Array).toString();
  return { status, headers, text, json: <T>() => JSON.parse(text) as T };
}
