import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allFinished, readJobs } from '../../../local/demo/observe.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import { goodSeen, isBatch, jobOf, plan, seenWith } from './demo-run.ts';

/** An HTTP API that lists `jobs`, newest first, as the real one does. */
async function serveJobs(jobs: readonly JobView[]): Promise<string> {
  const server = createServer((request, response) => {
    const id = /^\/jobs\/(\w+)$/.exec(request.url ?? '')?.[1];
    const found = jobs.find((job) => job.id === id);
    const listed = request.url === '/jobs?limit=100' ? { jobs: jobs.toReversed() } : undefined;
    response.statusCode = (found ?? listed) ? 200 : 503;
    response.end(JSON.stringify(found ?? listed ?? 'not now'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('matching jobs to the plan of the demo', () => {
  it('knows each by way in, type and parameters', async () => {
    const url = await serveJobs([...goodSeen.values()]);
    expect(await readJobs(url, plan)).toEqual({ seen: goodSeen, unplanned: [] });
  });

  it('sets apart jobs that nobody planned, and does not match one job twice', async () => {
    const [first] = plan;
    if (!first) throw new RangeError('nothing is planned');
    const job = jobOf(first, 0);
    const others: JobView[] = [
      { ...job, id: 'other_params', params: { devices: [1] } },
      { ...job, id: 'other_way', origin: { way: 'queue' } },
      { ...job, id: 'other_type', type: 'automox.policy.run' },
      { ...job, id: 'reaction', origin: { way: 'event', detail: 'reaction:x' } },
      { ...job, id: 'refused', status: 'rejected' },
    ];
    const again = { ...job, id: 'again' };
    const url = await serveJobs([...others, job, again]);
    const { seen, unplanned } = await readJobs(url, plan);
    expect([...seen]).toEqual([[first, job]]);
    expect(unplanned).toEqual([...others, again]);
  });

  it('says which request the API refused', async () => {
    const url = await serveJobs([]);
    await expect(readJobs(`${url}/gone`, plan)).rejects.toThrow('/gone/jobs?limit=100: 503');
  });
});

describe('the end of the demo', () => {
  it('is there once every planned job has an outcome, whatever it is', () => {
    expect(allFinished(goodSeen, plan)).toBe(true);
    expect(allFinished(seenWith(isBatch, { status: 'failed' }), plan)).toBe(true);
  });

  it('is not there while a job waits or is not to be seen', () => {
    expect(allFinished(seenWith(isBatch, { status: 'waiting' }), plan)).toBe(false);
    expect(allFinished(seenWith(isBatch, undefined), plan)).toBe(false);
  });
});
