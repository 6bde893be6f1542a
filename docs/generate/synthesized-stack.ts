import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { type NamedResource, nameResources } from '../../infra/named-resources.ts';
import { SluiceStack } from '../../infra/sluice-stack.ts';
import { stages } from '../../infra/stages.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';

const config = parseConfig({
  accounts: {
    acme: { provider: 'automox', organizationId: 9237 },
    contoso: { provider: 'opsramp', tenantId: 'client_42' },
    globex: { provider: 'amp', region: 'nam' },
  },
  webhooks: { tagging: { scheme: 'standard-webhooks', jobs: 'payload' } },
  schedules: {
    nightly: { when: 'rate(1 day)', job: { type: 'automox.servers.query', account: 'acme' } },
  },
});

/** The resources of a stack with everything in it that can be. */
export function synthesizedResources(): readonly NamedResource[] {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const codeFor = (): Code => Code.fromInline('export const handler = async () => {};');
  const stack = new SluiceStack(app, 'Sluice', { config, codeFor, stage: stages.prod });
  return nameResources(Template.fromStack(stack).toJSON());
}
