import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import {
  type HttpAnswer,
  type HttpEvent,
  type HttpRequest,
  parseHttpEvent,
  toHttpResult,
} from './http.ts';
import type { Log } from './log.ts';
import { problemAnswer } from './problem.ts';

export type Route = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Dispatches on the route that the gateway matched; every failure becomes a problem document. `onDefect`
 * is told of those that are nobody's but ours, a 500: a defect, or a secret or permission that is missing.
 */
export const createHttpBehaviour =
  (routes: Readonly<Record<string, Route>>, log: Log, onDefect?: () => void) =>
  async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = parseHttpEvent(event);
    try {
      const route = routes[request.route];
      if (!route) throw new SluiceError('request.not-found', 'there is no such route');
      return toHttpResult(await route(request));
    } catch (error) {
      const known = toSluiceError(error);
      const answer = problemAnswer(known, { requestId: request.requestId });
      if (known.code === 'lane.full') {
        log.warn('a request was put off', { code: known.code, reason: known.message });
      } else if (answer.status >= 500) log.error('a request failed', { code: known.code, error });
      if (answer.status === 500) onDefect?.();
      return toHttpResult(answer);
    }
  };
