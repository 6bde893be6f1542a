import { describe, expect, it } from 'vitest';
import { workerMapping } from '../../../functions/worker/contract.ts';
import { ACCOUNT_LINES } from '../../../shared/providers/automox/limits.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';

const types = createJobCatalog().list();

describe('the lines of a tenant', () => {
  it.each(types)('have an invocation each, and some are left: $type', ({ shards }) => {
    expect(shards).toBeLessThanOrEqual(0.8 * workerMapping.concurrencyMax);
  });

  it('are one, or enough for a limit of a second, where that is what binds', () => {
    const bound = types.filter(
      ({ provider, budget }) => provider === 'automox' && budget === 'account',
    );
    expect(new Set(bound.map(({ shards }) => shards))).toEqual(new Set([1, ACCOUNT_LINES]));
  });
});
