import { expect, onTestFinished } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { stringifyJson } from '../../shared/kernel/json.ts';

export interface ScriptedAnswer {
  /** Method, path and query: `GET /jobs?limit=2`. */
  readonly to: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface ScriptedApi {
  readonly fetch: Io['fetch'];
  readonly bodies: readonly string[];
}

/** Answers exactly these requests in this order; any other, or one left over, fails the test. */
export function scriptApi(...script: readonly ScriptedAnswer[]): ScriptedApi {
  const asked: string[] = [];
  const bodies: string[] = [];
  onTestFinished(() => {
    expect(asked).toEqual(script.map(({ to }) => to));
  });
  return {
    bodies,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const answer = script[asked.length];
      asked.push(`${request.method} ${pathname}${search}`);
      bodies.push(await request.text());
      if (answer === undefined) throw new Error('the script is at its end');
      const { status = 200, headers = {}, body } = answer;
      const isRaw = typeof body === 'string' || body instanceof Uint8Array;
      return new Response(isRaw ? new Blob([body]) : stringifyJson(body), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      });
    },
  };
}

/** No request is expected at all. */
export const noApi = (): Io['fetch'] => scriptApi().fetch;
