/** The stack as CloudFormation would get it, with references written out as names. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import cdk from '../../cdk.json' with { type: 'json' };
import { SluiceStack } from '../../infra/sluice-stack.ts';
import { type Stage, stages } from '../../infra/stages.ts';
import { parseConfig, type SluiceConfig } from '../../shared/config/sluice-config.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
type Resource = z.infer<typeof Resource>;

export interface Rendered {
  readonly template: Template;
  /** Resources of a type; in their properties every reference is the name of what it refers to. */
  all(type: string): readonly Resource[];
  /** The one resource of a type whose property has that value. */
  one(type: string, property: string, value: string): Resource;
}

export const appContext = { ...cdk.context, 'aws:cdk:bundling-stacks': [] };

export const stubCode = (): Code => Code.fromInline('export const handler = async () => {};');

export const exampleConfig = parseConfig({
  accounts: {
    acme: { provider: 'automox', organizationId: 1 },
    umbrella: { provider: 'automox', organizationId: 2 },
  },
  webhooks: { tagging: { scheme: 'standard-webhooks', jobs: 'payload' } },
  schedules: {
    nightly: {
      when: 'cron(0 2 * * ? *)',
      timeZone: 'America/Denver',
      job: { type: 'automox.servers.query', account: 'acme', params: {} },
    },
    keyed: {
      when: 'rate(5 minutes)',
      job: { type: 'automox.servers.query', account: 'acme', idempotencyKey: 'own' },
      enabled: false,
    },
  },
});

export function render(config: SluiceConfig, stage: Stage = stages.prod): Rendered {
  const app = new App({ context: appContext });
  const stack = new SluiceStack(app, 'Sluice', { config, codeFor: stubCode, stage });
  const template = Template.fromStack(stack);
  const resources = z.record(z.string(), Resource).parse(template.toJSON()['Resources']);
  const named = Object.values(resources).map((resource) => ({
    ...resource,
    Properties: z.record(z.string(), z.unknown()).parse(write(resource.Properties, resources)),
  }));
  const all = (type: string) => named.filter((resource) => resource.Type === type);
  return {
    template,
    all,
    one(type, property, value) {
      const found = all(type).filter((it) => it.Properties[property] === value);
      const [first] = found;
      if (first === undefined || found.length > 1) {
        throw new Error(`${found.length} of ${type} have ${property} = ${value}`);
      }
      return first;
    },
  };
}

const Ref = z.strictObject({ Ref: z.string() });
const GetAtt = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

/** `value` with references replaced by physical names, and joined text joined. */
function write(value: unknown, resources: Readonly<Record<string, Resource>>): unknown {
  const deeper = (item: unknown): unknown => write(item, resources);
  if (Array.isArray(value)) return value.map(deeper);
  if (typeof value !== 'object' || value === null) return value;
  const reference =
    Ref.safeParse(value).data?.Ref ?? GetAtt.safeParse(value).data?.['Fn::GetAtt'][0];
  if (reference !== undefined) return nameOf(reference, resources);
  const parts = Join.safeParse(value).data?.['Fn::Join'][1];
  if (parts !== undefined) return parts.map((part) => String(deeper(part))).join('');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deeper(item)]));
}

const NAME_PROPERTIES = [
  'QueueName',
  'TableName',
  'FunctionName',
  'BucketName',
  'LogGroupName',
  'Name',
];

function nameOf(id: string, resources: Readonly<Record<string, Resource>>): unknown {
  const properties = resources[id]?.Properties ?? {};
  const property = NAME_PROPERTIES.find((name) => properties[name] !== undefined);
  return property === undefined ? id : write(properties[property], resources);
}
