/** The stack as CloudFormation would get it, with references written out as names. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { type NamedResource, nameResources } from '../../infra/named-resources.ts';
import { SluiceStack } from '../../infra/sluice-stack.ts';
import { type Stage, stages } from '../../infra/stages.ts';
import { parseConfig, type SluiceConfig } from '../../shared/config/sluice-config.ts';

export interface Rendered {
  readonly template: Template;
  /** Resources of a type; in their properties every reference is the name of what it refers to. */
  all(type: string): readonly NamedResource[];
  /** The one resource of a type whose property has that value. */
  one(type: string, property: string, value: string): NamedResource;
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
  reactions: {
    'tag-host': {
      on: 'AmpEventFound',
      when: { severity: ['High'] },
      job: {
        type: 'automox.servers.batch',
        account: 'acme',
        params: { select: { hostName: '<$.detail.hostname>' } },
      },
    },
  },
});

export function render(config: SluiceConfig, stage: Stage = stages.prod, ownKey = false): Rendered {
  const app = new App({ context: appContext });
  const stack = new SluiceStack(app, 'Sluice', { config, codeFor: stubCode, stage, ownKey });
  const template = Template.fromStack(stack);
  const named = nameResources(template.toJSON());
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
