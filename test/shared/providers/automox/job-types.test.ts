import { automox } from '../../../../shared/providers/automox/automox.ts';
import { describeJobTypeCases } from '../../../contracts/job-type.ts';
import { startConsole } from './console.ts';
import { deviceCases } from './job-cases/devices.ts';
import { otherCases } from './job-cases/others.ts';
import { policyCases } from './job-cases/policies.ts';
import { webhookCases } from './job-cases/webhooks.ts';
import { SOURCE } from './jobs/webhook-bench.ts';

describeJobTypeCases({
  provider: automox,
  cases: [...deviceCases, ...policyCases, ...otherCases, ...webhookCases],
  start: () => startConsole({ sources: [SOURCE] }, 'process'),
  paths: '**',
  // source: 'Automox developer portal: API standards' and 'Automox console API, observed'.
  documented: [
    [400, 'provider.rejected'],
    [401, 'provider.unauthorized'],
    [402, 'provider.unauthorized'],
    [403, 'provider.unauthorized'],
    [404, 'provider.not-found'],
    [405, 'provider.rejected'],
    [409, 'provider.conflict'],
    [410, 'provider.rejected'],
    [413, 'provider.rejected'],
    [500, 'provider.unavailable'],
    [504, 'provider.unavailable'],
  ],
  withItems: [
    'automox.approvals.decide',
    'automox.policy.apply-to-group',
    'automox.policy.run',
    'automox.server.command',
    'automox.server.update',
    'automox.servers.batch',
    'automox.servers.remove-stale',
  ],
});
