import { describe, expect, it, onTestFinished } from 'vitest';
import { describeDeployment } from '../../../../local/stack/deployment.ts';
import { startLocalAws } from '../../../../local/stack/local-aws.ts';
import { provision } from '../../../../local/stack/provision.ts';
import { makeResources } from '../../../../local/stack/template/make-resources.ts';
import { readDeployment } from '../../../../local/stack/template/read-deployment.ts';
import { readResources } from '../../../../local/stack/template/read-resources.ts';
import { parseTemplate } from '../../../../local/stack/template/template.ts';
import { parseConfig } from '../../../../shared/config/sluice-config.ts';
import { describeTopology } from '../../../../shared/config/topology.ts';
import { exampleConfig } from '../../../infra/rendered.ts';
import { readEverything } from './everything.ts';
import { synthesize } from './synthesized.ts';

/** Every vendor, every way in. */
const config = parseConfig({
  ...exampleConfig,
  accounts: {
    ...exampleConfig.accounts,
    globex: { provider: 'opsramp', tenantId: 'client_1' },
    initech: { provider: 'amp', region: 'eu' },
  },
});
const topology = describeTopology(config);
const template = parseTemplate(synthesize(config));

/** On AWS bucket names are global, and reads of the bucket are logged to another. */
const RESULTS_ON_AWS = 'sluice-results-000000000000-us-east-1';
const ACCESS_ON_AWS = 'sluice-results-access-000000000000-us-east-1';

async function openAws() {
  const aws = await startLocalAws({ port: 0, onDefect: (error) => expect.fail(String(error)) });
  onTestFinished(() => aws.close());
  return aws.url;
}

type Everything = Awaited<ReturnType<typeof readEverything>>;

/** Without what differs by nature: roles (there is no IAM) and addresses of the emulators. */
const comparable = ({ buckets: _, ...rest }: Everything): unknown =>
  JSON.parse(JSON.stringify(rest).replaceAll(/"RoleArn":"[^"]+"/g, '"RoleArn":""'));

/** Scheduler keeps an absent object and an empty one apart; they mean the same. */
const withoutEmpty = (text: unknown): unknown =>
  JSON.parse(JSON.stringify(text).replaceAll(',"SqsParameters":{}', ''));

describe('what the deployed template makes in emulated AWS', () => {
  it('is what the local stack makes of the topology', async () => {
    const [fromTemplate, fromTopology] = [await openAws(), await openAws()];
    await makeResources(fromTemplate, readResources(template, fromTemplate));
    await provision(fromTopology, topology);
    const [deployed, local] = [
      await readEverything(fromTemplate),
      await readEverything(fromTopology),
    ];
    expect(withoutEmpty(comparable(deployed))).toEqual(comparable(local));
    expect(deployed.buckets).toEqual([RESULTS_ON_AWS, ACCESS_ON_AWS].toSorted());
    expect(local.buckets).toEqual(['sluice-results']);
  });

  it('is made once, however often it is applied', async () => {
    const awsUrl = await openAws();
    const resources = readResources(template, awsUrl);
    await makeResources(awsUrl, resources);
    const first = await readEverything(awsUrl);
    await makeResources(awsUrl, resources);
    expect(await readEverything(awsUrl)).toEqual(first);
  });

  it('has empty secrets', async () => {
    const awsUrl = await openAws();
    await makeResources(awsUrl, readResources(template, awsUrl));
    const { secrets } = await readEverything(awsUrl);
    expect(Object.keys(secrets).toSorted()).toEqual(
      topology.secrets.map(({ id }) => id).toSorted(),
    );
    expect(new Set(Object.values(secrets))).toEqual(new Set(['ResourceNotFoundException']));
  });
});

describe('what the deployed template runs', () => {
  it('is what the local stack runs, with the same variables, limits, queues and routes', () => {
    const awsUrl = 'http://127.0.0.1:1';
    const urlOf = (name: string) => `${awsUrl}/000000000000/${name}`;
    const queueUrls = topology.lanes.map(({ provider, queue }) => [provider, urlOf(queue.name)]);
    const local = describeDeployment(topology, {
      configFile: '/var/task/sluice.config.json',
      jobsTable: topology.tables.jobs.name,
      budgetsTable: topology.tables.budgets.name,
      resultsBucket: RESULTS_ON_AWS,
      busName: topology.bus.name,
      intakeQueueUrl: urlOf(topology.intake.name),
      intakeDeadLetterUrl: urlOf(topology.intake.deadLetter.name),
      queueUrls: JSON.stringify(Object.fromEntries(queueUrls)),
    });
    const deployed = readDeployment(readResources(template, awsUrl), topology.prefix);
    expect(sorted(deployed)).toEqual(sorted(local));
  });
});

const sorted = (it: ReturnType<typeof describeDeployment>) => ({
  functions: it.functions.toSorted((a, b) => a.label.localeCompare(b.label)),
  mappings: it.mappings.toSorted((a, b) => a.queueName.localeCompare(b.queueName)),
  routes: it.routes.toSorted((a, b) => a.route.localeCompare(b.route)),
});
