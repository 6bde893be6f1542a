/** Template: a vendor that there is not, whole enough to be copied. */
import type { Provider } from '../../../shared/providers/provider.ts';
import type { TemplateAccount } from './account.ts';
import {
  authorize,
  TemplateCredential as credential,
  type TemplateCredential,
} from './credential.ts';
import { findTemplateError } from './errors.ts';
import { call } from './jobs/call.ts';
import { thingsQuery } from './jobs/things-query.ts';
import { limits } from './limits.ts';
import { operations } from './operations.ts';
import { rateLimitDialect, taughtBudget, throttledMs } from './throttle.ts';

export const template: Provider<TemplateCredential, TemplateAccount> = {
  name: 'template',
  baseUrl: ({ region }) => hosts[region],
  credential,
  authorization: { kind: 'credential', headers: authorize },
  refusalStatuses: [401],
  accountQuery: () => ({}),
  accountPath: ({ tenantId }) => ({ tenantId }),
  limitsOf: () => limits,
  operations,
  rateLimitDialect,
  taughtBudgetOf: () => taughtBudget,
  findError: findTemplateError,
  throttledMs,
  jobTypes: [thingsQuery, call],
};

/** source: 'Template API: Regions'. */
const hosts = {
  us: 'https://api.example.com/v1',
  eu: 'https://api.eu.example.com/v1',
} as const satisfies Record<TemplateAccount['region'], string>;
