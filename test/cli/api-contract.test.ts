import { beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, parseJson } from '../../shared/kernel/json.ts';
import { nextVersion } from '../support/sample-job.ts';
import { createApiInProcess } from './api-in-process.ts';
import { run as runWith } from './test-io.ts';

const params = '{"devices":[1],"actions":[{"attribute":"tags","action":"apply","value":["x"]}]}';
const submit = ['submit', 'automox.servers.batch', '--account', 'acme', '--params', params];
const budget = 'automox/acme/servers.batch';

let api: ReturnType<typeof createApiInProcess>;
const run = (...argv: string[]) => runWith(argv, api.fetch);
const submitted = async () => (await run(...submit)).out.trim();

beforeEach(() => {
  api = createApiInProcess();
});

describe('the command line tool and the API as it is', () => {
  it('agree on a job from submit to cancel and retry', async () => {
    const id = await submitted();
    expect((await run('jobs')).out).toContain(`${id}  automox.servers.batch  acme     queued`);
    expect((await run('job', id)).out).toContain('received          by http');
    expect((await run('cancel', id)).out).toBe(`${id}  cancelled\n`);
    expect((await run('watch', id)).exitCode).toBe(1);
    expect((await run('retry', id)).out).toBe(`${id}  queued\n`);
  });

  it('agree on the same key: the first job is answered', async () => {
    const first = await run(...submit, '--key', 'k', '--json');
    const second = await run(...submit, '--key', 'k', '--json');
    expect(parseJson(second.out)).toMatchObject({ ...firstObject(first.out), duplicate: true });
  });

  it('agree on what is wrong with a message, field by field', async () => {
    const { exitCode, err } = await run(...submit, '--deadline', 'tomorrow');
    expect(exitCode).toBe(4);
    expect(err).toMatch(/^error: .*\(400, job\.invalid\)\n {2}deadline +must be an ISO 8601/);
    expect(err).toMatch(/\n {2}jobId +rejected_/);
  });

  it('agree on a result, and on a job that has none', async () => {
    const id = await submitted();
    const { exitCode, err } = await run('result', id);
    expect(exitCode).toBe(4);
    expect(err).toContain('409, job.result-not-ready');
    const job = await api.store.find(id);
    if (!job) throw new Error('the job is gone');
    const result = { kind: 'inline', json: '{"policyId":9007199254740993}' } as const;
    await api.store.replace(nextVersion(job, { result }), job.version);
    expect((await run('result', id)).out).toBe(result.json);
  });

  it('agree on pages', async () => {
    for (let count = 0; count < 3; count += 1) await submitted();
    const page = firstObject((await run('jobs', '--limit', '2', '--json')).out);
    expect(page['jobs']).toHaveLength(2);
    expect(
      firstObject((await run('jobs', '--limit', '2', '--all', '--json')).out)['jobs'],
    ).toHaveLength(3);
  });

  it('agree on budgets: paused and resumed by id', async () => {
    expect((await run('budgets', 'pause', budget)).out).toContain('paused');
    expect((await run('budgets')).out).toMatch(new RegExp(`^${budget} .*paused$`, 'm'));
    expect((await run('budgets', 'resume', budget)).out).toContain('open');
    expect((await run('budgets', 'pause', 'automox/acme/nothing')).err).toContain('404');
  });

  it('agree on job types: each is shown with an example that is accepted', async () => {
    const { out } = await run('job-types');
    const types = [...out.matchAll(/^automox\.\S+/gm)].map(([type]) => type);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) {
      const shown = firstObject((await run('job-types', type, '--json')).out);
      expect((await run('job-types', type)).out).toContain(`npx sluice submit ${type}`);
      const stdin = (async function* () {
        yield JSON.stringify(shown['example']);
      })();
      expect((await runWith(['submit', '-'], api.fetch, { stdin })).exitCode).toBe(0);
    }
  });

  it('agree that there is no such job type, and which was meant', async () => {
    const { exitCode, err } = await run('job-types', 'automox.servers.bacth');
    expect(exitCode).toBe(2);
    expect(err).toContain('Did you mean "automox.servers.batch"?');
  });
});

function firstObject(text: string) {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`not an object: ${text}`);
  return value;
}
