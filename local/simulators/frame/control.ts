/**
 * The simulator's own endpoints, outside the vendor's API and its limits:
 * `GET /__simulator/audit`, `/arrivals`, `/state`; `POST /__simulator/faults`, `/expect`, `/reset` and
 * whatever the vendor adds.
 */
import * as z from 'zod';
import { FaultScript } from './faults.ts';
import type { Simulator } from './simulator.ts';
import { emptyResponse, jsonResponse, type WireHead, type WireResponse } from './wire.ts';

const PREFIX = '/__simulator/';

const Expectation = z.strictObject({
  method: z.string(),
  path: z.string(),
  times: z.int().min(1).exactOptional(),
});

export const isControlPath = (path: string): boolean => path.startsWith(PREFIX);

export function answerControl(
  simulator: Simulator,
  head: WireHead,
  body: Uint8Array,
): WireResponse {
  const name = head.path.slice(PREFIX.length);
  if (head.method === 'GET') return answerLook(simulator, name);
  try {
    return head.method === 'POST' ? answerCommand(simulator, name, body) : emptyResponse(405);
  } catch (error) {
    return jsonResponse(400, { problem: error instanceof Error ? error.message : String(error) });
  }
}

function answerLook(simulator: Simulator, name: string): WireResponse {
  if (name === 'audit') return jsonResponse(200, simulator.audit());
  if (name === 'arrivals') return jsonResponse(200, simulator.arrivals);
  if (name !== 'state') return emptyResponse(404);
  simulator.advance();
  return jsonResponse(200, simulator.describe());
}

function answerCommand(simulator: Simulator, name: string, body: Uint8Array): WireResponse {
  const given: unknown = body.length === 0 ? {} : JSON.parse(Buffer.from(body).toString());
  const each = Array.isArray(given) ? given : [given];
  if (name === 'reset') {
    simulator.reset();
    return emptyResponse(204);
  }
  if (name === 'faults') {
    for (const script of z.array(FaultScript).parse(each)) simulator.faults.add(script);
    return emptyResponse(204);
  }
  if (name === 'expect') {
    for (const expectation of z.array(Expectation).parse(each)) simulator.expect(expectation);
    return emptyResponse(204);
  }
  const answer = simulator.control(name, given);
  return answer === undefined ? emptyResponse(404) : jsonResponse(200, answer);
}
