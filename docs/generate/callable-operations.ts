import * as z from 'zod';
import type { Operation } from '../../shared/jobs/operation.ts';
import type { Provider } from '../../shared/providers/provider.ts';

/** Those of a vendor's table that its `call` takes: some are for other jobs alone. */
export function callableOperations(provider: Provider): readonly Operation[] {
  const call = provider.jobTypes.find(({ type }) => type === `${provider.name}.call`);
  if (!call) return [];
  return Object.values(provider.operations).filter(({ id }) => {
    const { error } = z.safeParse(call.params, { operation: id });
    return !error?.issues.some(({ path }) => path[0] === 'operation');
  });
}
