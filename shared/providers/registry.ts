/** Every vendor. docs/adding-a-vendor.md says what else a new one needs. */
import type { ProviderName } from '../config/account.ts';
import type { JobCatalog } from '../jobs/job-type.ts';
import { amp } from './amp/amp.ts';
import { automox } from './automox/automox.ts';
import { catalogOf } from './job-catalog.ts';
import { opsramp } from './opsramp/opsramp.ts';
import type { Provider } from './provider.ts';

const providers: Readonly<Record<ProviderName, Provider>> = { automox, opsramp, amp };

export const getProvider = (name: ProviderName): Provider => providers[name];

export const listProviders = (): readonly Provider[] => Object.values(providers);

/** The job types of every provider; two of one name are a defect. */
export const createJobCatalog = (): JobCatalog => catalogOf(listProviders());
