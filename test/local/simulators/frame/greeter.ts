/** The smallest vendor: one account, two operations, one limit. */
import { createSimulator, type Simulator } from '../../../../local/simulators/frame/simulator.ts';
import type { Vendor } from '../../../../local/simulators/frame/vendor.ts';
import {
  emptyResponse,
  jsonResponse,
  withHeaders,
} from '../../../../local/simulators/frame/wire.ts';

export interface Greeter {
  readonly simulator: Simulator;
  /** How often a greeting was stored. */
  stored(): number;
}

export function createGreeter(
  nowMs: () => number,
  { strict = true, requests = 1_000 } = {},
): Greeter {
  let stored = 0;
  const vendor: Vendor<string> = {
    name: 'greeter',
    basePath: '/v1',
    limits: [
      {
        name: 'all',
        requests,
        windowMs: 1_000,
        source: 'invented',
        scopeOf: (_, caller) => caller,
      },
    ],
    routes: [
      {
        method: 'GET',
        path: '/greetings/:id',
        answer: ({ params }) => jsonResponse(200, { hello: params['id'] }),
      },
      {
        method: 'POST',
        path: '/greetings',
        answer: ({ wrote }) => {
          stored++;
          wrote(3);
          return jsonResponse(200, { stored });
        },
      },
    ],
    identify: ({ headers }) => headers['x-account'] ?? 'nobody',
    guard: (_, caller) => (caller === 'banned' ? emptyResponse(401) : undefined),
    errorOf: (status) => jsonResponse(status, { error: status }),
    throttled: ({ verdict }) =>
      withHeaders(jsonResponse(429, {}), { 'free-at': String(verdict.refused?.freeAtMs) }),
    headersOf: ({ nowMs: atMs }) => ({ 'x-at': String(atMs) }),
    advance: () => {},
    reset: () => {
      stored = 0;
    },
    describe: () => ({ stored }),
    controls: { echo: (body) => ({ body }) },
  };
  return {
    simulator: createSimulator(vendor, { clock: { nowMs }, strict }),
    stored: () => stored,
  };
}

export const jsonOf = (body: Uint8Array | Iterable<Uint8Array>): unknown =>
  JSON.parse(Buffer.from(body as Uint8Array).toString());
