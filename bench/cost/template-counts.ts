/** What of a synthesized stack costs money whether there are jobs or not. */
import * as z from 'zod';
import { type NamedResource, nameResources } from '../../infra/named-resources.ts';
import type { StageName } from '../../infra/stages.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import { synthesize } from '../synthesize.ts';
import { DAYS_A_MONTH, HOURS_A_MONTH, logEventBytes } from './assumptions.ts';

export interface TemplateCounts {
  readonly secrets: number;
  readonly alarms: number;
  /** Of all alarms together: CloudWatch bills each metric that an alarm reads. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly standardMappings: number;
  readonly fifoMappings: number;
  readonly ticksPerMonth: number;
  readonly keys: number;
  readonly roles: number;
  readonly functionMb: number;
  readonly logRetentionDays: number;
  readonly pointInTimeRecovery: boolean;
  /** A line of the HTTP API's access log. */
  readonly accessLogBytes: number;
}

export function countTemplate(
  config: SluiceConfig,
  stage: StageName,
  ownKey = false,
): TemplateCounts {
  return countsOf(nameResources(synthesize(config, { stage, ownKey })));
}

const Alarm = z.object({
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
});
const Mapping = z.object({ EventSourceArn: z.string() });
const Schedule = z.object({ Name: z.string(), ScheduleExpression: z.string() });
const LambdaFunction = z.object({ MemorySize: z.number() });
const LogGroup = z.object({ RetentionInDays: z.number() });
const Table = z.object({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});
const HttpStage = z.object({ AccessLogSettings: z.object({ Format: z.string() }) });

function countsOf(resources: readonly NamedResource[]): TemplateCounts {
  const all = <T>(type: string, shape: z.ZodType<T>): T[] =>
    resources.filter((it) => it.Type === type).map(({ Properties }) => shape.parse(Properties));
  const count = (type: string): number => all(type, z.unknown()).length;
  const first = <T>(type: string, shape: z.ZodType<T>): T => {
    const [found] = all(type, shape);
    invariant(found !== undefined, `the stack has no ${type}`);
    return found;
  };
  const alarms = all('AWS::CloudWatch::Alarm', Alarm);
  const mappings = all('AWS::Lambda::EventSourceMapping', Mapping);
  const fifo = mappings.filter(({ EventSourceArn: queue }) => queue.endsWith('.fifo'));
  const table = first('AWS::DynamoDB::Table', Table);
  return {
    secrets: count('AWS::SecretsManager::Secret'),
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    standardMappings: mappings.length - fifo.length,
    fifoMappings: fifo.length,
    ticksPerMonth: all('AWS::Scheduler::Schedule', Schedule).reduce(
      (sum, it) => sum + ticksOf(it),
      0,
    ),
    keys: count('AWS::KMS::Key'),
    roles: count('AWS::IAM::Role'),
    functionMb: first('AWS::Lambda::Function', LambdaFunction).MemorySize,
    logRetentionDays: first('AWS::Logs::LogGroup', LogGroup).RetentionInDays,
    pointInTimeRecovery: table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
    accessLogBytes: accessLogBytes(first('AWS::ApiGatewayV2::Stage', HttpStage)),
  };
}

const metricsOf = ({ Metrics: metrics }: z.infer<typeof Alarm>): number =>
  metrics === undefined ? 1 : metrics.filter(({ MetricStat: stat }) => stat !== undefined).length;

/** The reconciler's own have a dot in their names; those of the config are jobs, and paid as such. */
function ticksOf({ Name: name, ScheduleExpression: expression }: z.infer<typeof Schedule>): number {
  if (!name.includes('.')) return 0;
  switch (expression) {
    case 'rate(1 minute)':
      return HOURS_A_MONTH * 60;
    case 'rate(1 day)':
      return DAYS_A_MONTH;
    default:
      throw new RangeError(`${name} ticks at ${expression}`);
  }
}

const sampleValues: Readonly<Record<string, string>> = {
  requestId: 'JKJaXmPLvHcESHA=',
  requestTime: '01/Jun/2026:12:00:00 +0000',
  routeKey: 'POST /jobs',
  path: '/jobs',
  status: '202',
  'identity.userArn': 'arn:aws:sts::123456789012:assumed-role/orders/orders-service',
  'identity.sourceIp': '192.0.2.1',
  responseLatency: '123',
  'authorizer.error': '-',
  integrationErrorMessage: '-',
};

function accessLogBytes({
  AccessLogSettings: { Format: format },
}: z.infer<typeof HttpStage>): number {
  const line = format.replaceAll(/\$context\.([\w.]+)/g, (_all, name: string) => {
    const value = sampleValues[name];
    invariant(value !== undefined, `the access log has ${name}`);
    return value;
  });
  return logEventBytes(line);
}
