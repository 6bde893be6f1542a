/** What runs and how: the deployment that is described, and the host that runs it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import type { Topology } from '../../shared/config/topology.ts';
import { type Deployment, describeDeployment, type EnvironmentValues } from './deployment.ts';
import type { QueueAddresses } from './find-queues.ts';
import { createBundleHost, createSourceHost, type FunctionHost } from './function-hosts.ts';
import { LOCAL_REGION } from './local-aws.ts';
import { readDeployment } from './template/read-deployment.ts';
import type { MadeResources } from './template/read-resources.ts';

export interface PreparationOptions {
  readonly topology: Topology;
  readonly queues: QueueAddresses;
  /** With the endpoint of each account's simulator. */
  readonly config: SluiceConfig;
  readonly awsUrl: string;
  /** Where the config, or the bundles, are written. */
  readonly directory: string;
  readonly bundles: boolean;
  /** Says in place of the topology what runs; always from bundles. */
  readonly template: MadeResources | undefined;
}

export interface Prepared {
  readonly deployment: Deployment;
  readonly host: FunctionHost;
}

/** Where a bundle finds its config, here as on AWS. */
const BUNDLED_CONFIG = '/var/task/sluice.config.json';

export async function prepareFunctions(options: PreparationOptions): Promise<Prepared> {
  const { topology, queues, config, awsUrl, directory, template } = options;
  const hostOptions = { config, awsUrl, region: LOCAL_REGION };
  if (options.bundles || template !== undefined) {
    return {
      deployment:
        template === undefined
          ? describeDeployment(topology, valuesOf(topology, queues, BUNDLED_CONFIG))
          : readDeployment(template, topology.prefix),
      host: await createBundleHost(hostOptions, join(directory, 'functions')),
    };
  }
  const configFile = join(directory, 'sluice.config.json');
  writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  return {
    deployment: describeDeployment(topology, valuesOf(topology, queues, configFile)),
    host: createSourceHost(hostOptions),
  };
}

const valuesOf = (
  { tables, bucket, bus }: Topology,
  queues: QueueAddresses,
  configFile: string,
): EnvironmentValues => ({
  configFile,
  jobsTable: tables.jobs.name,
  budgetsTable: tables.budgets.name,
  resultsBucket: bucket.name,
  busName: bus.name,
  intakeQueueUrl: queues.intakeQueueUrl,
  intakeDeadLetterUrl: queues.intakeDeadLetterUrl,
  queueUrls: JSON.stringify(queues.queueUrls),
});
