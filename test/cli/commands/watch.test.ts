import { describe, expect, it } from 'vitest';
import { MISSES_MAX, POLL_INTERVAL_MS } from '../../../cli/watch-job.ts';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import { outcomes } from '../../../shared/jobs/states.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { createManualClock } from '../../shared/http/manual-clock.ts';
import { SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';
import { scriptApi } from '../scripted-api.ts';
import { NOW_MS, run } from '../test-io.ts';

const to = 'GET /jobs/job_1';
const wait = {
  for: 'permit' as const,
  budget: 'automox/acme/servers.batch',
  sinceMs: NOW_MS,
  untilMs: NOW_MS + seconds(38),
};
const received = sampleJob({ id: 'job_1', status: 'received' });
const waiting = sampleJob({
  id: 'job_1',
  status: 'waiting',
  waiting: wait,
  timeline: [...received.timeline, { at: NOW_MS, event: 'waiting', ...wait }],
});
const succeeded = sampleJob({
  id: 'job_1',
  status: 'succeeded',
  summary: 'tagged',
  timeline: [...waiting.timeline, { at: NOW_MS + 1, event: 'outcome', status: 'succeeded' }],
});
const answers = [received, waiting, waiting, succeeded].map((job) => ({
  to,
  body: describeJob(job),
}));

describe('watch', () => {
  it('prints each new entry of the timeline once, then how it ended', async () => {
    const clock = createManualClock(SAMPLE_AT_MS);
    const { exitCode, out } = await run(['watch', 'job_1'], scriptApi(...answers).fetch, { clock });
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      '2026-03-01 02:00:00Z  received          by http',
      '2026-03-01 02:01:00Z  waiting           for a permit of automox/acme/servers.batch until 2026-03-01 02:01:38Z',
      '2026-03-01 02:01:00Z  succeeded',
      'summary  tagged',
      '',
    ]);
    expect(clock.nowMs()).toBe(SAMPLE_AT_MS + 3 * POLL_INTERVAL_MS);
  });

  it('on a terminal keeps one line with the state and the time left, cut to fit', async () => {
    const { out } = await run(['watch', 'job_1'], scriptApi(...answers).fetch, {
      terminalColumns: 100,
      env: { NO_COLOR: '1' },
    });
    const state = 'waiting for a permit of automox/acme/servers.batch until 02:01:38Z';
    expect(out).toContain(`${state} (in 37 s)\r\u001b[K${state} (in 36 s)\r\u001b[K`);
    const narrow = await run(['watch', 'job_1'], scriptApi(...answers).fetch, {
      terminalColumns: 12,
      env: { NO_COLOR: '1' },
    });
    expect(narrow.out).toContain('waiting for\r\u001b[K');
  });

  it('with --json prints one document per change', async () => {
    const { out } = await run(['watch', 'job_1', '--json'], scriptApi(...answers).fetch);
    const documents = out.trimEnd().split('\n').map(parseJson);
    expect(documents).toMatchObject([
      { status: 'received' },
      { status: 'waiting', waiting: { until: '2026-03-01T02:01:38.000Z' } },
      { status: 'succeeded' },
    ]);
    expect(documents).toHaveLength(3);
  });

  it.each([
    ...outcomes.map((status) => {
      if (status === 'succeeded') return [status, 0] as const;
      return [status, status === 'partial' ? 3 : 1] as const;
    }),
    ['rejected', 1] as const,
  ])('of a job that ended as %s exits with %i', async (status, code) => {
    const api = scriptApi({ to, body: describeJob(sampleJob({ id: 'job_1', status })) });
    expect((await run(['watch', 'job_1'], api.fetch)).exitCode).toBe(code);
  });

  it('goes on through an API that is away for a while', async () => {
    const busy = { to, status: 503, body: { title: 'A store is not available', status: 503 } };
    const [first, , , last] = answers;
    const api = scriptApi(...[first, busy, busy, last].filter((it) => it !== undefined));
    const { exitCode, err } = await run(['watch', 'job_1'], api.fetch);
    expect(exitCode).toBe(0);
    expect(err).toBe('A store is not available; trying again\n');
  });

  it('gives up on an API that stays away', async () => {
    const asked: string[] = [];
    const { exitCode } = await run(['watch', 'job_1'], async (request) => {
      asked.push(request.url);
      if (asked.length > 1) throw new TypeError('fetch failed', { cause: new Error('refused') });
      return Response.json(describeJob(received));
    });
    expect(exitCode).toBe(5);
    expect(asked).toHaveLength(1 + MISSES_MAX + 1);
  });

  it('does not wait for a job that is not there', async () => {
    const api = scriptApi({
      to,
      status: 404,
      body: { title: 'There is no such job', status: 404 },
    });
    expect((await run(['watch', 'job_1'], api.fetch)).exitCode).toBe(4);
  });

  it('stops with Ctrl-C between two looks', async () => {
    const controller = new AbortController();
    const clock = {
      ...createManualClock(NOW_MS),
      sleep: () => {
        controller.abort();
        return new Promise<void>(() => {});
      },
    };
    const api = scriptApi({ to, body: describeJob(received) });
    const changes = { clock, interrupted: controller.signal };
    const { exitCode, err } = await run(['watch', 'job_1'], api.fetch, changes);
    expect(exitCode).toBe(130);
    expect(err).toBe('stopped watching; the job goes on. Again: npx sluice watch job_1\n');
  });

  it('stops with Ctrl-C while a request is under way', async () => {
    const controller = new AbortController();
    const { exitCode } = await run(
      ['watch', 'job_1'],
      async () => {
        controller.abort();
        throw controller.signal.reason;
      },
      { interrupted: controller.signal },
    );
    expect(exitCode).toBe(130);
  });
});
