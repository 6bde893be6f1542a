import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountSecretId } from '../../../shared/config/account.ts';
import type { JobSummaryView } from '../../../shared/jobs/describe-job.ts';
import { queryServers, tagDevices } from './messages.ts';
import { watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';

let dataDir: string;
let running: RunningStack | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sluice-restart-'));
});

afterEach(async () => {
  await running?.stack.close();
  rmSync(dataDir, { recursive: true });
});

/** A window that is longer than a restart takes, so that a job is still open when the stack stops. */
const config = quickConfig({
  budgets: { 'automox/acme/servers.batch': { requests: 1, windowSeconds: 5 } },
});

async function start(): Promise<RunningStack> {
  running = await startRunningStack({ config, dataDir });
  return running;
}

describe('a stack started again on the same data folder', () => {
  it('goes on with open jobs, lists finished ones, keeps results and secrets', async () => {
    const first = await start();
    const before = await watchOutcomes(first);
    const done = await first.submit(queryServers('done'));
    await first.submit(tagDevices(first.devices.slice(0, 1), 'served'));
    await before.event('served');
    await before.event('done');
    const open = await first.submit(tagDevices(first.devices.slice(1, 2), 'open'));
    await expect.poll(async () => (await first.job(open)).status).toBe('waiting');
    const key = await first.readSecret(accountSecretId('acme'));
    const result = await (await first.get(`/jobs/${done}/result`)).text();
    await before.stop();
    await first.stack.close();

    const second = await start();
    const after = await watchOutcomes(second);
    expect(second.stack.requeued).toBe(1);
    expect(await after.job('open')).toMatchObject({ id: open, status: 'succeeded' });
    expect(await second.readSecret(accountSecretId('acme'))).toEqual(key);
    expect(await (await second.get(`/jobs/${done}/result`)).text()).toBe(result);
    const listed = (await (await second.get('/jobs')).json()) as { jobs: JobSummaryView[] };
    expect(listed.jobs.map(({ status }) => status)).toEqual(Array(3).fill('succeeded'));
    await after.stop();
  });
});

describe('a stack without a data folder', () => {
  it('knows nothing of the one before', async () => {
    running = await startRunningStack();
    expect(await (await running.get('/jobs')).json()).toEqual({ jobs: [] });
  });
});
