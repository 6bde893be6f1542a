/** `docs/operations.md`: every operation that a `call` job can run, from the vendors' tables. */
import type { Operation } from '../../shared/jobs/operation.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { callableOperations } from './callable-operations.ts';
import { code, codeList, page, table } from './markdown.ts';
import { fieldsOf } from './schema-words.ts';

const HEAD = `# Operations

What \`automox.call\`, \`opsramp.call\` and \`amp.call\` can run, as the vendors' tables have it. This page is generated:
\`node docs/generate-jobs.ts\` writes it anew. A parameter with \`*\` is required. Places of a path that are not listed are
filled by the account.`;

export const operationsPage = (providers: readonly Provider[]): string =>
  page([HEAD, ...providers.map(section)]);

const section = (provider: Provider): string =>
  [
    `## ${provider.name}`,
    table(
      ['operation', 'call', 'path, query, body', 'budgets', 'repeat'],
      callableOperations(provider).map((it) => [
        code(it.id),
        code(`${it.method} ${it.path}`),
        parts(it),
        codeList(it.budgets),
        it.repeat,
      ]),
    ),
  ].join('\n\n');

function parts({ params = {} }: Operation): string {
  const { path, query, body } = params;
  return [
    ...(path ? [`path ${names(path)}`] : []),
    ...(query ? [`query ${names(query)}`] : []),
    ...(body ? [`body ${names(body)}`] : []),
  ].join('; ');
}

/** Top-level fields; what is no object with fields is described by its schema alone. */
function names(part: Parameters<typeof fieldsOf>[0]): string {
  const fields = fieldsOf(part).filter(({ name }) => !/[.]/.test(name));
  if (fields.length === 0) return 'as documented by the vendor';
  return fields.map(({ name, required }) => code(required ? `${name}*` : name)).join(' ');
}
