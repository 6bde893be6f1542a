/** Secrets that are known to the test go through the whole stack; then all that was written is searched. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/test-io.ts';
import { type CanaryTraffic, sendCanaries, startCanaryStack } from './canary-traffic.ts';
import { receiveAll } from './dead-letters.ts';
import { readObjects, readTable } from './sinks.ts';

let traffic: CanaryTraffic;

beforeAll(async () => {
  traffic = await startCanaryStack();
  await sendCanaries(traffic);
});

afterAll(async () => {
  await traffic.outcomes.stop();
  await traffic.running.stack.close();
});

async function runCommands(): Promise<string> {
  const { running } = traffic;
  const { jobs } = (await (await running.get('/jobs?limit=200')).json()) as {
    jobs: readonly { id: string }[];
  };
  const lines = [
    ['jobs'],
    ['budgets'],
    ...jobs.flatMap(({ id }) => [
      ['job', id],
      ['result', id],
    ]),
  ];
  const send = { env: { SLUICE_URL: running.stack.url } };
  const ran = await Promise.all(lines.map((argv) => run(argv, (input) => fetch(input), send)));
  return ran.map(({ out, err }) => `${out}${err}`).join('\n');
}

const found = (sink: unknown): string[] => {
  const text = typeof sink === 'string' ? sink : JSON.stringify(sink);
  return Object.entries(traffic.canaries).flatMap(([name, canary]) =>
    text.includes(canary) ? name : [],
  );
};

describe('S10 secrets that went through the whole stack', () => {
  it('were all known, and met success, refusal, failure, silence and defects', async () => {
    const { running, canaries, logged } = traffic;
    expect(Object.values(canaries).filter((canary) => canary.length < 8)).toEqual([]);
    expect(Object.keys(canaries)).toHaveLength(13);
    const codes = new Set(
      (await readTable(running, 'sluice-jobs')).map((row) =>
        String(/provider\.\w[\w-]+|account\.[\w-]+|job\.[\w-]+/.exec(JSON.stringify(row))?.[0]),
      ),
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['provider.rejected', 'account.secret-invalid']),
    );
    expect(logged.join('\n')).toContain('a try of a job failed');
  });

  it('are in no row but the task token, which the row needs to answer the task', async () => {
    expect(found(await readTable(traffic.running, 'sluice-jobs'))).toEqual(['TASK_TOKEN']);
    expect(found(await readTable(traffic.running, 'sluice-budgets'))).toEqual([]);
  });

  it('are in no result', async () => {
    expect(found(await readObjects(traffic.running))).toEqual([]);
  });

  it('are in no log', () => {
    expect(traffic.logged.length).toBeGreaterThan(50);
    expect(found(traffic.logged)).toEqual([]);
  });

  it('are in no event', () => {
    expect(traffic.outcomes.seen.length).toBeGreaterThan(20);
    expect(found(traffic.outcomes.seen)).toEqual([]);
  });

  it('are in no answer of the API or of the webhooks', async () => {
    const answered = await traffic.answered();
    expect(answered.length).toBeGreaterThan(50);
    expect(found(answered)).toEqual([]);
  });

  it('are in no dead letter', async () => {
    expect(found(await receiveAll(traffic.running, 1))).toEqual([]);
  });

  it('are in no output of the CLI', async () => {
    const output = await runCommands();
    expect(output).toContain('policies.list');
    expect(found(output)).toEqual([]);
  });
});
