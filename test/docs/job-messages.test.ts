import { describe, expect, it } from 'vitest';
import { parseJobRequest } from '../../shared/jobs/parse-job-request.ts';
import { createJobCatalog } from '../../shared/providers/registry.ts';
import { accountOf } from '../support/sample-accounts.ts';
import { findMessageExamples } from './message-examples.ts';
import { getPage } from './pages.ts';

const messageExamples = findMessageExamples();
const catalog = createJobCatalog();
const accounts = {
  acme: accountOf('automox'),
  contoso: accountOf('opsramp'),
  globex: accountOf('amp'),
};
const NOW_MS = Date.parse('2027-02-28T00:00:00Z');

describe('job messages of the documentation', () => {
  it.each(messageExamples)('in $path are jobs: $type', ({ message, type }) => {
    const { request } = parseJobRequest(message, { catalog, accounts }, NOW_MS);
    expect(request.type).toBe(type);
  });

  it('are found inside a curl body, a rule, a pipe, a schedule and a state machine', () => {
    const inPage = messageExamples.filter(({ path }) => path === 'docs/ways-in.md');
    const marks = inPage.map(({ message }) => message['idempotencyKey'] ?? message['taskToken']);
    expect(marks).toEqual(
      expect.arrayContaining([
        'inventory-1',
        'my-inventory:<time>',
        'pipe:<$.messageId>',
        'my-inventory:<aws.scheduler.scheduled-time>',
        '$$.Task.Token',
      ]),
    );
  });
});

describe.each(['automox', 'amp'])('the page of the %s jobs', (name) => {
  const page = getPage(`docs/${name}-jobs.md`);
  const shown = messageExamples.filter(({ path }) => path === page.path);
  const types = catalog.list().filter(({ provider }) => provider === name);

  it.each(types)('has a section of $type, with the example of the type itself', (jobType) => {
    expect(page.text).toContain(`\n## ${jobType.type}\n`);
    const own = shown.filter(({ type }) => type === jobType.type);
    expect(own.map(({ message }) => message['params'])).toContainEqual(jobType.example);
  });

  it('has no section of a type that there is not', () => {
    const headings = [...page.text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const named = headings.filter((heading) => heading?.startsWith(`${name}.`));
    expect(named).toEqual(types.map(({ type }) => type));
  });
});
