/** Callers over HTTP that do not give up: each sends its job until it is accepted, by one key. */
import { setTimeout as pause } from 'node:timers/promises';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { isFinished } from '../../shared/jobs/states.ts';
import type { ChaosStack } from './chaos-stack.ts';

export interface Wish {
  readonly key: string;
  readonly type: string;
  readonly params: object;
  readonly tenant: string;
}

const TRY_AGAIN_MS = 250;

/** Answers the job's id once it was accepted. */
export async function submitUntilAccepted(stack: ChaosStack, wish: Wish): Promise<string> {
  const { key, ...message } = wish;
  const body = JSON.stringify({ ...message, account: 'acme', idempotencyKey: key });
  for (;;) {
    const answer = await ask<{ id: string }>(`${stack.url()}/jobs`, { method: 'POST', body });
    if (answer?.status === 202) return answer.value.id;
    if (answer && answer.status < 500) throw new Error(`${key}: ${JSON.stringify(answer.value)}`);
    await pause(TRY_AGAIN_MS);
  }
}

/** The job once it has ended. */
export async function untilEnded(stack: ChaosStack, id: string): Promise<JobView> {
  for (;;) {
    const answer = await ask<JobView>(`${stack.url()}/jobs/${id}`);
    if (answer?.status === 200 && isFinished(answer.value.status)) return answer.value;
    await pause(TRY_AGAIN_MS);
  }
}

/** Undefined where nobody answers: the stack is down. */
async function ask<T>(
  url: string,
  request: RequestInit = {},
): Promise<{ readonly status: number; readonly value: T } | undefined> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(5_000) });
    return { status: response.status, value: (await response.json()) as T };
  } catch {
    return undefined;
  }
}
