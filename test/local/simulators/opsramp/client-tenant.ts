/** A client's tenant with a few resources on a clock that the test moves, and short ways to call it. */
import type { WireAnswer } from '../../../../local/simulators/frame/wire.ts';
import {
  createOpsRampSimulator,
  type OpsRampSimulator,
  type OpsRampSimulatorOptions,
} from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import type { Resource } from '../../../../local/simulators/opsramp/world.ts';

export const CLIENT = 'client_42';
export const STARTED_AT_MS = Date.UTC(2026, 2, 28, 15, 52, 47);

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON, of whatever shape the test expects. Throws on anything else. */
  json<T = unknown>(): T;
}

interface Call {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly token?: string;
}

export interface ClientTenant {
  readonly simulator: OpsRampSimulator;
  /** A token of the default credential, got at the start. */
  readonly token: string;
  /** `path` is below the tenant; one that begins with `/api` or `/v2` is whole. */
  call(method: string, path: string, call?: Call): Reply;
  askToken(form?: Readonly<Record<string, string>>, path?: string): Reply;
  wait(durationMs: number): void;
  nowMs(): number;
  /** A resource that is there and has an agent. */
  server(index?: number): Resource;
}

const FORM = {
  grant_type: 'client_credentials',
  client_id: 'opsramp-key',
  client_secret: 'opsramp-secret',
};

export function createClientTenant(options: OpsRampSimulatorOptions = {}): ClientTenant {
  let nowMs = STARTED_AT_MS;
  const clock = { nowMs: () => nowMs };
  const fleet = { resources: 30, alerts: 45 };
  const simulator = createOpsRampSimulator({ clock, fleet, ...options });
  const askToken = (form: Readonly<Record<string, string>> = {}, path = '/auth/oauth/token') =>
    replyOf(
      simulator.handle({
        method: 'POST',
        path,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(new URLSearchParams({ ...FORM, ...form }).toString()),
      }),
    );
  const ownToken = askToken().json<{ access_token: string }>().access_token;
  return {
    simulator,
    token: ownToken,
    askToken,
    nowMs: clock.nowMs,
    wait: (durationMs) => {
      nowMs += durationMs;
    },
    call(method, path, { query = {}, body, token = ownToken } = {}) {
      const texts = Object.entries(query).map(([name, value]) => [name, String(value)]);
      const isWhole = /^\/(api|v2)\//.test(path);
      const answer = simulator.handle({
        method,
        path: isWhole ? path : `/api/v2/tenants/${CLIENT}${path}`,
        query: Object.fromEntries(texts),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      });
      return replyOf(answer);
    },
    server(index = 0) {
      const rows = [...simulator.tenant(CLIENT).resources.values()];
      const row = rows.filter((one) => one.state === 'active' && one.agentInstalled)[index];
      if (row === undefined) throw new RangeError(`no server ${index}`);
      return row;
    },
  };
}

function replyOf({ status, headers, body }: WireAnswer): Reply {
  const text = Buffer.from(body as Uint8Array).toString();
  return { status, headers, text, json: <T>() => JSON.parse(text) as T };
}
