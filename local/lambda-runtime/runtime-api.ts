/**
 * Lambda's Runtime API for one execution environment: what a runtime asks for its next invocation and
 * tells the outcome. One invocation at a time.
 *
 * Guarantees: an invocation ends once, by the first of its answer, its error and `fail`; an answer
 * above the payload limit is refused with 413 and fails the invocation, as on AWS.
 * Source: AWS Lambda Developer Guide: Using the Lambda runtime API for custom runtimes.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvocationFailed } from '../function-host/invocation-failed.ts';
import { lambdaLimits } from './limits.ts';
import { readLimited } from './read-limited.ts';

export interface RuntimeInvocation {
  readonly id: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly deadlineMs: number;
}

export interface RuntimeApi {
  /** Host and port, as `AWS_LAMBDA_RUNTIME_API` has them. */
  readonly address: string;
  /** Resolves at the first call for an invocation; rejects where the runtime reports an init error. */
  readonly ready: Promise<void>;
  /** The answer as JSON text. Rejects with InvocationFailed. */
  invoke(invocation: RuntimeInvocation): Promise<string>;
  /** Fails whatever waits: the process is gone. */
  fail(reason: InvocationFailed): void;
  close(): void;
}

export interface RuntimeApiOptions {
  readonly functionName: string;
  /** The runtime waits and there is nothing for it: the moment at which Lambda freezes it. */
  readonly onIdle: () => void;
}

const ROOT = '/2018-06-01/runtime';

interface Running extends PromiseWithResolvers<string> {
  readonly invocation: RuntimeInvocation;
  handed: boolean;
}

interface State {
  readonly ready: PromiseWithResolvers<void>;
  /** The runtime's call for an invocation, unanswered. */
  waiting?: ServerResponse | undefined;
  running?: Running | undefined;
}

export async function startRuntimeApi(options: RuntimeApiOptions): Promise<RuntimeApi> {
  const state: State = { ready: Promise.withResolvers() };
  state.ready.promise.catch(() => undefined);
  const server = createServer((request, response) => {
    serve(options, state, request, response).catch(() => response.destroy());
  });
  // A frozen runtime holds its connection for as long as it is frozen.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    ready: state.ready.promise,
    invoke(invocation) {
      const running = { invocation, handed: false, ...Promise.withResolvers<string>() };
      state.running = running;
      hand(state);
      return running.promise;
    },
    fail(reason) {
      state.ready.reject(reason);
      state.running?.reject(reason);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(
  { functionName, onIdle }: RuntimeApiOptions,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = `${request.method} ${request.url}`;
  const { payloadBytesMax } = lambdaLimits;
  const body = await readLimited(request, payloadBytesMax.value);
  if (call === `GET ${ROOT}/invocation/next`) {
    state.waiting = response;
    state.ready.resolve();
    if (!hand(state)) onIdle();
    return;
  }
  if (call === `POST ${ROOT}/init/error`) {
    state.ready.reject(failureOf(`${functionName}: init`, body.text));
    return accept(response);
  }
  const { running } = state;
  const own = `POST ${ROOT}/invocation/${running?.invocation.id}`;
  if (running === undefined || (call !== `${own}/response` && call !== `${own}/error`)) {
    return answer(response, 400, { errorType: 'InvalidRequestID', errorMessage: call });
  }
  state.running = undefined;
  if (body.text === undefined) {
    const limit = `maximum allowed payload size (${payloadBytesMax.value} bytes)`;
    const errorMessage = `Response payload size (${body.bytes} bytes) exceeded ${limit}.`;
    const error = { errorType: 'Function.ResponseSizeTooLarge', errorMessage };
    running.reject(failureOf(functionName, JSON.stringify(error)));
    return answer(response, 413, { ...error, errorType: 'RequestEntityTooLarge' });
  }
  if (call.endsWith('/response')) running.resolve(body.text);
  else running.reject(failureOf(functionName, body.text));
  accept(response);
}

/** Gives the runtime that waits the invocation that waits. */
function hand(state: State): boolean {
  const { running, waiting } = state;
  if (running === undefined || running.handed || waiting === undefined) return false;
  running.handed = true;
  state.waiting = undefined;
  const { id, functionArn, payload, deadlineMs } = running.invocation;
  waiting.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': id,
    'lambda-runtime-deadline-ms': String(deadlineMs),
    'lambda-runtime-invoked-function-arn': functionArn,
  });
  waiting.end(payload);
  return true;
}

function failureOf(name: string, text = '{}'): InvocationFailed {
  const { errorType, errorMessage } = JSON.parse(text) as Record<string, unknown>;
  return new InvocationFailed(`${name}: ${errorType}: ${errorMessage}`);
}

const accept = (response: ServerResponse): void => answer(response, 202, { status: 'OK' });

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
