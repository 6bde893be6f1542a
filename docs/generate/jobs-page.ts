/** `docs/jobs.md`: every job type, from its schema. */
import type { JobType } from '../../shared/jobs/job-type.ts';
import type { RepeatClass } from '../../shared/jobs/operation.ts';
import { stringifyJson } from '../../shared/kernel/json.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { callableOperations } from './callable-operations.ts';
import { code, codeList, page, table } from './markdown.ts';
import { fieldsOf } from './schema-words.ts';

const HEAD = `# Jobs

Every job type, as its schema has it. This page is generated: \`node docs/generate-jobs.ts\` writes it anew.
\`GET /job-types\` gives the JSON Schema of each. What states and repeat classes mean is in [job-life.md](job-life.md).`;

export const jobsPage = (providers: readonly Provider[]): string =>
  page([
    HEAD,
    overview(providers.flatMap(({ jobTypes }) => jobTypes)),
    ...providers.flatMap((provider) => provider.jobTypes.map((it) => section(provider, it))),
  ]);

const overview = (types: readonly JobType[]): string =>
  table(
    ['job', 'does', 'repeat'],
    types.map((type) => [
      `[${type.type}](#${anchorOf(type.type)})`,
      type.description,
      repeatOf(type),
    ]),
  );

/** As GitHub makes them of headings. */
const anchorOf = (heading: string): string => heading.replaceAll('.', '');

function section(provider: Provider, type: JobType): string {
  const isCall = type.type === `${provider.name}.call`;
  return [
    `## ${type.type}`,
    type.description,
    isCall ? callParameters(provider) : parameters(type),
    facts(type),
    ['```json', example(type), '```'].join('\n'),
  ].join('\n\n');
}

function parameters({ params }: JobType): string {
  const fields = fieldsOf(params);
  if (fields.length === 0) return 'Takes no parameters.';
  return table(
    ['parameter', 'type', 'meaning'],
    fields.map(({ name, required, type, meaning }) => [
      code(name),
      required ? `${type}, required` : type,
      meaning,
    ]),
  );
}

const callParameters = (provider: Provider): string =>
  [
    table(
      ['parameter', 'type', 'meaning'],
      [
        ['`operation`', 'string, required', 'The id of an operation.'],
        ['`path`', 'object', 'Values of the places in its path.'],
        ['`query`', 'object', 'Its query.'],
        ['`body`', 'any JSON', 'Its body.'],
      ],
    ),
    `The ${callableOperations(provider).length} operations, and what each takes: [operations.md](operations.md#${provider.name}).`,
  ].join('\n\n');

function facts(type: JobType): string {
  const { budget, shards, cost } = type;
  const atATime = shards > 1 ? `, ${shards} of a tenant at a time` : '';
  if (!cost) return `- Waits in the line of the budget that its operation spends first${atATime}`;
  const budgets = new Set(cost.operations.flatMap((it) => it.budgets));
  return [
    `- Waits in the line of the budget ${code(budget)}${atATime}; spends ${codeList([...budgets])}`,
    `- Calls: ${cost.calls}`,
    `- Repeat: ${repeatOf(type)}`,
    ...(cost.permissions ? [`- The credential needs: ${cost.permissions.join(', ')}`] : []),
  ].join('\n');
}

const classes: readonly RepeatClass[] = ['once', 'reconcile', 'idempotent', 'safe'];

/** That of the call that is the hardest to repeat. */
function repeatOf({ cost }: JobType): string {
  if (!cost) return 'as its operation';
  const hardest = classes.find((it) => cost.operations.some(({ repeat }) => repeat === it));
  return code(hardest ?? 'safe');
}

/** An account of the vendor in the config that the documentation shows. */
const accounts: Readonly<Record<string, string>> = {
  automox: 'acme',
  opsramp: 'contoso',
  amp: 'globex',
};

const example = ({ type, provider, example: params }: JobType): string =>
  stringifyJson({ type, account: accounts[provider] ?? provider, params }, 2);
