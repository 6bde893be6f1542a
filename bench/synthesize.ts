/** The template that CloudFormation would get, without bundles: what the code is does not matter to it. */
import { App, type Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../cdk.json' with { type: 'json' };
import { SluiceStack } from '../infra/sluice-stack.ts';
import { type StageName, stages } from '../infra/stages.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';

export interface SynthesizeOptions {
  readonly stage?: StageName;
  readonly ownKey?: boolean;
}

export function synthesize(
  config: SluiceConfig,
  { stage = 'prod', ownKey = false }: SynthesizeOptions = {},
): unknown {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const codeFor = () => Code.fromInline('export const handler = async () => {};');
  const props = { config, codeFor, stage: stages[stage], ownKey };
  const stack: Stack = new SluiceStack(app, 'Sluice', props);
  return app.synth().getStackArtifact(stack.artifactId).template;
}
