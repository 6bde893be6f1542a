/** Two ways to run a function: its sources in a process, or its built bundle as Lambda would run it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../../infra/bundle-functions.ts';
import { functionEntries } from '../../infra/function-contracts.ts';
import { environmentNames } from '../../shared/config/environment.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import type { Environment } from '../function-host/execution-environment.ts';
import { startEnvironment } from '../function-host/start-environment.ts';
import { startBundledEnvironment } from '../lambda-runtime/bundled-environment.ts';
import type { DeployedFunction } from './deployment.ts';

/** Starts one more execution environment of a function. */
export type FunctionHost = (
  deployed: DeployedFunction,
  onLog: (line: string) => void,
) => Promise<Environment>;

export interface FunctionHostOptions {
  /** With the endpoint of each account's simulator. */
  readonly config: SluiceConfig;
  readonly awsUrl: string;
  readonly region: string;
}

const FUNCTIONS = fileURLToPath(new URL('../../functions', import.meta.url));

/** All that a function knows beside what is deployed: where its AWS is, and that it is not AWS. */
export const localVariables = (awsUrl: string): Readonly<Record<string, string>> => ({
  [environmentNames.localStack]: '1',
  AWS_ENDPOINT_URL: awsUrl,
});

/** Runs the sources as they are: nothing to build, and a change is there at the next start. */
export function createSourceHost({ config, awsUrl, region }: FunctionHostOptions): FunctionHost {
  const files = new Map<string, string>(functionEntries(config).map((it) => [it.name, it.file]));
  return ({ label, name, variables, timeoutMs }, onLog) =>
    startEnvironment({
      name: label,
      handlerFile: join(FUNCTIONS, fileOf(files, label)),
      environment: {
        ...variables,
        ...localVariables(awsUrl),
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_LAMBDA_FUNCTION_NAME: name,
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
      timeoutMs,
      onLog,
    });
}

/** Bundles the functions into `folder` as they are deployed, each with the config beside it. */
export async function createBundleHost(
  { config, awsUrl, region }: FunctionHostOptions,
  folder: string,
): Promise<FunctionHost> {
  const options = { config, functionsFolder: FUNCTIONS, outFolder: folder };
  const bundles = new Map<string, { readonly folder: string }>(await bundleFunctions(options));
  const hosts = [awsUrl, ...vendorUrls(config)].map((url) => new URL(url).host);
  return ({ label, variables, ...deployed }, onLog) => {
    const bundle = bundles.get(label);
    invariant(bundle !== undefined, `${label} is not among the bundles of the config`);
    return startBundledEnvironment({
      ...deployed,
      folder: bundle.folder,
      environment: { ...variables, ...localVariables(awsUrl) },
      region,
      hosts,
      onLog,
    });
  };
}

const vendorUrls = ({ accounts }: SluiceConfig): readonly string[] =>
  Object.values(accounts).flatMap(({ endpoint }) => endpoint ?? []);

function fileOf(files: ReadonlyMap<string, string>, label: string): string {
  const file = files.get(label);
  invariant(file !== undefined, `${label} is not among the functions of the config`);
  return file;
}
