/** Every vendor. Adding one is a folder, a line here and a simulator. */
import type { ProviderName } from '../config/account.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { JobCatalog } from '../jobs/job-type.ts';
import { automox } from './automox/automox.ts';
import type { Provider } from './provider.ts';

const providers = { automox } as const satisfies Record<ProviderName, Provider>;

export const getProvider = (name: ProviderName): Provider => providers[name];

export const listProviders = (): readonly Provider[] => Object.values(providers);

/** The job types of every provider; two of one name are a defect. */
export function createJobCatalog(): JobCatalog {
  const types = listProviders().flatMap(({ jobTypes }) => jobTypes);
  const byName = new Map(types.map((type) => [type.type, type]));
  if (byName.size !== types.length) {
    throw new SluiceError('internal.unexpected', 'two job types share one name');
  }
  return { find: (type) => byName.get(type), list: () => types };
}
