import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../../functions/api/contract.ts';
import { matchRoute, type RouteTable } from '../../../local/stack/route-table.ts';

const routes: RouteTable = apiRoutes.map(({ route }) => ({ route, invoke: async () => route }));

const match = (method: string, path: string) => {
  const matched = matchRoute(routes, method, path);
  return matched && { route: matched.route, parameters: matched.parameters };
};

describe('the routes of the local HTTP API', () => {
  it.each([
    ['GET', '/jobs', 'GET /jobs', {}],
    ['GET', '/jobs/job_1', 'GET /jobs/{id}', { id: 'job_1' }],
    ['GET', '/jobs/job_1/result', 'GET /jobs/{id}/result', { id: 'job_1' }],
    ['POST', '/budgets/a%2Fb%2Fc/pause', 'POST /budgets/{id}/pause', { id: 'a/b/c' }],
    [
      'POST',
      '/budgets/automox/acme/account/pause',
      'POST /budgets/{provider}/{account}/{name}/pause',
      { provider: 'automox', account: 'acme', name: 'account' },
    ],
    ['GET', '/jobs/%zz', 'GET /jobs/{id}', { id: '%zz' }],
  ])('match %s %s', (method, path, route, parameters) => {
    expect(match(method, path)).toEqual({ route, parameters });
  });

  it.each([
    ['DELETE', '/jobs'],
    ['GET', '/'],
    ['GET', '/jobs/job_1/result/more'],
    ['GET', '/job'],
  ])('know nothing of %s %s', (method, path) => {
    expect(match(method, path)).toBeUndefined();
  });
});
