import { amp } from '../../../../shared/providers/amp/amp.ts';
import { describeJobTypeCases } from '../../../contracts/job-type.ts';
import { startBusiness } from './business.ts';
import { computerCases } from './job-cases/computers.ts';
import { otherCases } from './job-cases/others.ts';

describeJobTypeCases({
  provider: amp,
  cases: [...computerCases, ...otherCases],
  start: () => startBusiness({}, 'process'),
  paths: '**',
  // source: 'Cisco AMP for Endpoints API: Errors' and 'Cisco AMP API v1, observed'.
  documented: [
    [400, 'provider.rejected'],
    [401, 'provider.unauthorized'],
    [403, 'provider.unauthorized'],
    [404, 'provider.not-found'],
    [409, 'provider.conflict'],
    [500, 'provider.unavailable'],
    [504, 'provider.unavailable'],
  ],
  withItems: [
    'amp.computer.isolate',
    'amp.computer.release',
    'amp.computers.move-group',
    'amp.computers.remove-stale',
    'amp.file-list.add',
    'amp.file-list.remove',
  ],
});
