import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listGivenUp, lostOf } from '../../../../bench/compare/real/lost-jobs.ts';

const call = (key: string, atMs: number, status = 200) => ({ key, atMs, status });

describe('the jobs that a killed process loses', () => {
  it('are those whose call the vendor had not accepted by then', () => {
    const calls = [call('answered', 90), call('refused', 95, 429), call('again', 200)];
    const forgotten = ['answered', 'refused', 'again', 'never'].map((key) => ({ key, atMs: 100 }));
    expect(lostOf(forgotten, calls)).toEqual(['refused', 'again', 'never']);
  });
});

describe('the jobs that Sluice gives up', () => {
  const server = createServer();

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('are what the API lists under every outcome but success, page by page', async () => {
    const asked: string[] = [];
    server.on('request', ({ url = '' }, response) => {
      asked.push(url);
      response.end(answers[url.replace('/jobs?account=kill&status=', '')] ?? '{"jobs":[]}');
    });
    const answers: Readonly<Record<string, string>> = {
      'failed&limit=200': '{"jobs":[{"id":"job_1"}],"cursor":"more"}',
      'failed&limit=200&cursor=more': '{"jobs":[{"id":"job_2"}]}',
      'uncertain&limit=200': '{"jobs":[{"id":"job_3"}]}',
    };
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    expect(await listGivenUp(`http://127.0.0.1:${port}`, 'kill')).toEqual([
      'job_1',
      'job_2',
      'job_3',
    ]);
    expect(asked.join()).not.toContain('status=succeeded');
  });
});
