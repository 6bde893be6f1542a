import { systemClock } from '../../shared/kernel/clock.ts';

export const ACCOUNT = 'acme';

/** Posts jobs of different tenants and answers their ids. */
export async function submitJobs(url: string, count: number, request: object): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { status, body } = await postJob(url, { ...request, tenant: `tenant-${n % 20}` });
    if (status !== 202) throw new Error(`POST /jobs answered ${status}: ${body}`);
    ids.push((JSON.parse(body) as { id: string }).id);
  }
  return ids;
}

export async function postJob(url: string, request: object) {
  const body = JSON.stringify({ account: ACCOUNT, ...request });
  const response = await fetch(`${url}/jobs`, { method: 'POST', body });
  return { status: response.status, body: await response.text() };
}

const LOOK_EVERY_MS = 500;
const TIMEOUT_MS = 120_000;

export async function untilFinished(url: string, ids: readonly string[]): Promise<void> {
  const endsAtMs = Date.now() + TIMEOUT_MS;
  for (const id of ids) {
    while ((await statusOf(url, id)) !== 'succeeded') {
      if (Date.now() > endsAtMs) throw new Error(`job ${id} did not succeed in time`);
      await systemClock.sleep(LOOK_EVERY_MS);
    }
  }
}

async function statusOf(url: string, id: string): Promise<string> {
  const response = await fetch(`${url}/jobs/${id}`);
  return ((await response.json()) as { status: string }).status;
}
