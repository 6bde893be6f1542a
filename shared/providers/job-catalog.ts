import { SluiceError } from '../errors/sluice-error.ts';
import type { JobCatalog } from '../jobs/job-type.ts';
import type { Provider } from './provider.ts';

/** The job types of the providers; two of one name are a defect. */
export function catalogOf(providers: readonly Pick<Provider, 'jobTypes'>[]): JobCatalog {
  const types = providers.flatMap(({ jobTypes }) => jobTypes);
  const byName = new Map(types.map((type) => [type.type, type]));
  if (byName.size !== types.length) {
    throw new SluiceError('internal.unexpected', 'two job types share one name');
  }
  return { find: (type) => byName.get(type), list: () => types };
}
