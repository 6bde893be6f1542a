import { accountSecretId } from '../shared/config/account.ts';
import type { LocalStack } from './stack/local-stack.ts';

/** Where everything is, and what to try next: the text that `npm start` prints. */
export function describeStack(stack: LocalStack, dataDir: string): string {
  const accounts = Object.keys(stack.vendors.config.accounts);
  const rows: readonly (readonly [string, string])[] = [
    ['HTTP API', stack.url],
    ['Health', `${stack.url}/health`],
    ['AWS endpoint', `${stack.awsUrl}  (set AWS_ENDPOINT_URL; any credentials)`],
    ['Intake queue', stack.intakeQueueUrl],
    ...Object.entries(stack.vendors.urls).map(
      ([name, { url }]) => [`Simulated ${name}`, url] as const,
    ),
    [
      'Secrets',
      accounts.map((name) => accountSecretId(name, stack.vendors.config.prefix)).join(', '),
    ],
    ['Data and logs', dataDir],
  ];
  // The CLI looks at the default port unless it is told.
  const automox = Object.entries(stack.vendors.config.accounts).find(
    ([, { provider }]) => provider === 'automox',
  )?.[0];
  const at = stack.url.endsWith(':4570') ? '' : `SLUICE_URL=${stack.url} `;
  const width = Math.max(...rows.map(([name]) => name.length));
  const requeued =
    stack.requeued === 0 ? [] : [`${stack.requeued} open jobs of the last run go on.`];
  return [
    'Sluice is running.',
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...requeued,
    ...(automox === undefined
      ? [`Try:  ${at}npx sluice job-types`]
      : [`Try:  ${at}npx sluice submit automox.servers.query --account ${automox} --watch`]),
    'Stop: Ctrl-C',
  ].join('\n');
}
