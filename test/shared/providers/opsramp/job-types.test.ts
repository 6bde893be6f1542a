import { opsramp } from '../../../../shared/providers/opsramp/opsramp.ts';
import { describeJobTypeCases } from '../../../contracts/job-type.ts';
import { alertCases } from './job-cases/alerts.ts';
import { recordCases } from './job-cases/records.ts';
import { runCases } from './job-cases/runs.ts';
import { startPod } from './pod.ts';

describeJobTypeCases({
  provider: opsramp,
  cases: [...alertCases, ...runCases, ...recordCases],
  start: () => startPod({ fleet: { resources: 3, alerts: 3 } }, 'process'),
  paths: '/api/v2/**',
  // source: 'OpsRamp developer portal: Error codes' and 'OpsRamp OpenAPI descriptions, v2'.
  documented: [
    [400, 'provider.rejected'],
    [400, 'provider.rejected', '[{"code":"0002","fieldName":"f","message":"is wrong"}]'],
    [401, 'provider.unauthorized'],
    [403, 'provider.unauthorized'],
    [404, 'provider.not-found'],
    [405, 'provider.rejected'],
    [406, 'provider.rejected'],
    [407, 'provider.unauthorized'],
    [410, 'provider.rejected'],
    [422, 'provider.conflict'],
    [500, 'provider.unavailable'],
    [500, 'provider.not-found', '{"code":"0003","message":"No resource found"}'],
    [500, 'provider.unavailable', '{"code":"0005","message":"The parent is not ready"}'],
  ],
  withItems: [
    'opsramp.alerts.act',
    'opsramp.patches.approve',
    'opsramp.patches.install',
    'opsramp.patches.scan',
    'opsramp.script.run',
  ],
});
