/** The deployment of a run on AWS, in the account and region of the caller's credentials. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequestSigner, regionOf } from '../../cli/request-signer.ts';
import { DEFAULT_PREFIX, deploymentName, isTestPrefix } from '../../shared/config/prefix.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { removeKept } from './remove-kept.ts';
import type { LimitCount, Target } from './target.ts';

/** Throws where the prefix is not a test's; takes down what it began where it cannot be completed. */
export async function openDeployedTarget(config: SluiceConfig, vendorUrl: string): Promise<Target> {
  if (!isTestPrefix(config.prefix ?? DEFAULT_PREFIX)) {
    throw new RangeError(`"${config.prefix}" is no prefix of a test deployment`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'sluice-aws-'));
  const configFile = join(folder, 'sluice.config.json');
  const outputs = join(folder, 'outputs.json');
  await writeFile(configFile, JSON.stringify(config));
  const common = ['-c', `config=${configFile}`, deploymentName(config.prefix)];
  const close = async (): Promise<void> => {
    await cdk('destroy', '--force', ...common);
    await removeKept(config);
    await rm(folder, { recursive: true });
  };
  try {
    await cdk('deploy', '--require-approval', 'never', '--outputs-file', outputs, ...common);
    const told = JSON.parse(await readFile(outputs, 'utf8'));
    const apiUrl = String(told[deploymentName(config.prefix)].ApiUrl);
    const region = regionOf(new URL(apiUrl), process.env);
    const sign = createRequestSigner({ region, clock: systemClock });
    return {
      config,
      apiUrl,
      region,
      client: { region },
      fetch: async (request) => fetch(await sign(request)),
      audit: () => readAudit(vendorUrl),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function cdk(...args: readonly string[]): Promise<void> {
  console.error(`cdk ${args[0]} …`);
  const child = spawn('cdk', args, { stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with ${code}`);
}

/** The simulator's control endpoints are at the root of its host. */
async function readAudit(vendorUrl: string): Promise<Readonly<Record<string, LimitCount>>> {
  const response = await fetch(new URL('/__simulator/audit', vendorUrl));
  if (!response.ok) throw new Error(`the simulator's audit was answered ${response.status}`);
  const { limits } = (await response.json()) as { limits: Record<string, LimitCount> };
  return limits;
}
