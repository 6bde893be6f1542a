/** The deployment of a run on this machine: its synthesized template on emulators, its built bundles. */
import { App, type Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import { SluiceStack } from '../../infra/sluice-stack.ts';
import { stages } from '../../infra/stages.ts';
import { LOCAL_REGION } from '../../local/stack/local-aws.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import type { Target } from './target.ts';

const DEVICES = 12;

/** `windowScale` multiplies every window of the simulated vendor. */
export async function openEmulatedTarget(
  config: SluiceConfig,
  windowScale: number,
): Promise<Target> {
  const stack = await startLocalStack({
    config,
    template: synthesize(config),
    port: 0,
    devices: DEVICES,
    windowScale,
    onDefect: (error) => console.error('the local stack:', error),
  });
  return {
    config,
    apiUrl: stack.url,
    region: LOCAL_REGION,
    client: localClientConfig(stack.awsUrl),
    fetch,
    audit: async () => stack.vendors.simulatorOf('automox').audit().limits,
    close: () => stack.close(),
  };
}

function synthesize(config: SluiceConfig): unknown {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  // What the code is does not matter to the template: the local stack bundles the functions itself.
  const codeFor = () => Code.fromInline('export const handler = async () => {};');
  const stack: Stack = new SluiceStack(app, 'Sluice', { config, codeFor, stage: stages.prod });
  return app.synth().getStackArtifact(stack.artifactId).template;
}
