import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createApiRoutes } from '../../../functions/api/api.ts';
import { apiRoutes } from '../../../functions/api/contract.ts';
import { describeJobTypes } from '../../../functions/api/describe-job-types.ts';
import { parseJobRequest } from '../../../shared/jobs/parse-job-request.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { createScriptedLimiter } from '../../shared/jobs/scripted-limiter.ts';
import { STEP_TYPE } from '../../shared/jobs/step-type.ts';
import { accountOf } from '../../support/sample-accounts.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';
import { createApiBench } from './api-bench.ts';

describe('the API function', () => {
  it('has a behaviour for each route of its contract, and no other', () => {
    const engine = createEngine();
    const limiter = createScriptedLimiter(engine.clock);
    const { metrics } = createMeasuredMetrics();
    const routes = createApiRoutes({ ...engine.deps, limiter, budgets: [], metrics });
    expect(Object.keys(routes).sort()).toEqual(apiRoutes.map(({ route }) => route).sort());
  });

  it('leaves only its health open to the world', () => {
    const open = apiRoutes.filter((it) => it.open).map(({ route }) => route);
    expect(open).toEqual(['GET /health']);
  });

  it('is well', async () => {
    const { status, body } = await createApiBench().ask('GET /health');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });
});

describe('GET /job-types', () => {
  it('publishes each type with the schema of its whole message', async () => {
    const { body } = await createApiBench().ask('GET /job-types');
    expect(body['jobTypes']).toMatchObject([
      {
        type: STEP_TYPE,
        provider: 'automox',
        budget: 'narrow',
        schema: {
          type: 'object',
          required: ['type', 'account', 'params'],
          additionalProperties: false,
          properties: {
            type: { const: STEP_TYPE },
            params: { type: 'object', additionalProperties: false },
          },
        },
      },
    ]);
  });

  it('describes every type of every provider in one sentence', () => {
    const described = describeJobTypes(createJobCatalog());
    expect(described.length).toBeGreaterThan(0);
    expect(described.filter(({ description }) => !/^[A-Z].+\.$/.test(description))).toEqual([]);
  });

  it.each(describeJobTypes(createJobCatalog()))(
    'gives for $type an example that is taken, and that its schema allows',
    ({ provider, example, schema }) => {
      const accounts = { acme: accountOf(provider) };
      const rules = { catalog: createJobCatalog(), accounts };
      expect(() => parseJobRequest(example, rules, Date.UTC(2026, 2, 1))).not.toThrow();
      const published = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)));
      expect(published.safeParse(example).error).toBeUndefined();
    },
  );
});
