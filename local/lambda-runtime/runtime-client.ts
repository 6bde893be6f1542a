/**
 * The runtime's side of the Runtime API: fetches an invocation, runs the handler, tells the outcome,
 * and again. What AWS's Node runtime does, for handlers that answer a promise.
 */
import http from 'node:http';

export type Handler = (event: unknown, context: object) => Promise<unknown>;

export interface RuntimeClient {
  serve(handler: Handler): Promise<never>;
  /** Says why the function could not be loaded. */
  reportInitError(error: unknown): Promise<void>;
}

const ROOT = '/2018-06-01/runtime';

export function createRuntimeClient(address: string): RuntimeClient {
  const agent = new http.Agent({ keepAlive: true });
  const call = (method: string, path: string, body?: string): Promise<Answered> =>
    exchange(http.request(`http://${address}${ROOT}${path}`, { method, agent }), body);
  const post = async (path: string, value: unknown): Promise<void> =>
    void (await call('POST', path, JSON.stringify(value ?? null)));
  const serveOne = async (handler: Handler): Promise<void> => {
    const { headers, body } = await call('GET', '/invocation/next');
    const id = String(headers['lambda-runtime-aws-request-id']);
    try {
      await post(
        `/invocation/${id}/response`,
        await handler(JSON.parse(body), contextOf(id, headers)),
      );
    } catch (error) {
      await post(`/invocation/${id}/error`, describe(error));
    }
  };
  return {
    async serve(handler) {
      for (;;) await serveOne(handler);
    },
    reportInitError: (error) => post('/init/error', describe(error)),
  };
}

interface Answered {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

function exchange(request: http.ClientRequest, body?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    request.end(body);
  });
}

function contextOf(awsRequestId: string, headers: http.IncomingHttpHeaders): object {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

const typeOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

function describe(error: unknown) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { errorType: typeOf(error), errorMessage: message, trace: stack?.split('\n') ?? [] };
}
