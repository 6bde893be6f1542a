import { emptyResponse, type WireResponse, withHeaders } from '../frame/wire.ts';
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { computerOf } from './computer-routes.ts';
import { okAnswer, refuse } from './envelope.ts';
import { allowedMethods, startIsolation, stopIsolation } from './isolation.ts';
import type { Computer, World } from './world.ts';

const PATH = '/computers/:guid/isolation';

/** Clients of the API give these in the body, or in the query. */
const WISHES = ['comment', 'unlock_code'];

export const isolationRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'OPTIONS', PATH, {}, (call) =>
    withHeaders(emptyResponse(204), { allow: allowedMethods(computerOf(call)).join(', ') }),
  ),
  ampRoute(world, 'GET', PATH, {}, (call) => isolationAnswer(call, computerOf(call))),
  ampRoute(world, 'PUT', PATH, { query: WISHES, body: WISHES }, (call) => {
    const computer = computerOf(call);
    refuseUnlessAllowed(call, computer);
    const wish = {
      unlockCode: textOf(call, 'unlock_code'),
      comment: textOf(call, 'comment'),
      isolatedBy: call.caller.clientId,
    };
    startIsolation(world, computer, wish, call.nowMs);
    call.wrote(1);
    return isolationAnswer(call, computer);
  }),
  ampRoute(world, 'DELETE', PATH, { query: ['comment'], body: ['comment'] }, (call) => {
    const computer = computerOf(call);
    refuseUnlessAllowed(call, computer);
    stopIsolation(world, computer, textOf(call, 'comment'), call.nowMs);
    call.wrote(1);
    return isolationAnswer(call, computer);
  }),
];

function refuseUnlessAllowed(call: AmpCall, computer: Computer): void {
  if (allowedMethods(computer).includes(call.method)) return;
  const { available, status } = computer.isolation;
  refuse(
    call,
    409,
    available
      ? `The isolation status of the computer is ${status}`
      : 'Isolation is not available on the computer',
  );
}

function isolationAnswer(call: AmpCall, { isolation }: Computer): WireResponse {
  const { available, status, unlockCode, comment, isolatedBy } = isolation;
  return okAnswer(call, {
    available,
    status,
    unlock_code: unlockCode,
    comment,
    isolated_by: isolatedBy,
  });
}

function textOf(call: AmpCall, name: string): string | undefined {
  const value = call.fields[name] ?? call.query.get(name) ?? undefined;
  return value === undefined || typeof value === 'string'
    ? value
    : refuse(call, 400, `${name} must be a string`);
}
