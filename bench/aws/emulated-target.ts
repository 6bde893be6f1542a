/** The deployment of a run on this machine: its synthesized template on emulators, its built bundles. */
import { LOCAL_REGION } from '../../local/stack/local-aws.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { synthesize } from '../synthesize.ts';
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
