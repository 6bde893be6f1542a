/** What a template says about the functions and what feeds them. */
import * as z from 'zod';
import type { Deployment } from '../deployment.ts';
import type { MadeResources } from './read-resources.ts';
import { refusal } from './template.ts';

const LambdaFunction = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  MemorySize: z.number(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});

const Route = z.object({ RouteKey: z.string(), Target: z.string().startsWith('integrations/') });

const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

/** A function's label is its name without the prefix that all names of the deployment have. */
export function readDeployment(resources: MadeResources, prefix: string): Deployment {
  const labelOf = (name: string): string => {
    if (name.startsWith(`${prefix}-`)) return name.slice(prefix.length + 1);
    throw refusal(name, `the name of a function begins with "${prefix}-"`);
  };
  const integrations = new Map(
    parseAll(resources, 'AWS::ApiGatewayV2::Integration', Integration).map(
      ([logicalId, { IntegrationUri }]) => [`integrations/${logicalId}`, lastPart(IntegrationUri)],
    ),
  );
  return {
    functions: parseAll(resources, 'AWS::Lambda::Function', LambdaFunction).map(([, it]) => ({
      label: labelOf(it.FunctionName),
      name: it.FunctionName,
      handler: it.Handler,
      variables: it.Environment.Variables,
      memoryMb: it.MemorySize,
      timeoutMs: it.Timeout * 1_000,
    })),
    mappings: parseAll(resources, 'AWS::Lambda::EventSourceMapping', Mapping).map(([, it]) => ({
      queueName: lastPart(it.EventSourceArn),
      takenBy: labelOf(it.FunctionName),
      batchSize: it.BatchSize,
      maximumConcurrency: it.ScalingConfig.MaximumConcurrency,
      reportBatchItemFailures: it.FunctionResponseTypes.length > 0,
    })),
    routes: parseAll(resources, 'AWS::ApiGatewayV2::Route', Route).map(
      ([, { RouteKey, Target }]) => ({
        route: RouteKey,
        answeredBy: labelOf(integrations.get(Target) ?? Target),
      }),
    ),
  };
}

const lastPart = (arn: string): string => arn.split(':').at(-1) ?? '';

const parseAll = <T>(
  resources: MadeResources,
  type: keyof MadeResources,
  schema: z.ZodType<T>,
): readonly (readonly [logicalId: string, parsed: T])[] =>
  resources[type].map(({ logicalId, properties }) => {
    const parsed = schema.safeParse(properties);
    if (parsed.success) return [logicalId, parsed.data];
    throw refusal(`${logicalId} (${type})`, z.prettifyError(parsed.error));
  });
