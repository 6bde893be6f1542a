/** A cloud with one computer that can be isolated, and short ways to ask for it. */
import { createCloud, obeys } from './cloud.ts';

export interface IsolationState {
  readonly available: boolean;
  readonly status: string;
  readonly unlock_code?: string;
}

export function createIsolationCloud() {
  const cloud = createCloud({ settings: { isolationDelayMs: 20_000 } });
  const { guid } = cloud.computer(obeys);
  const path = `/computers/${guid}/isolation`;
  return {
    ...cloud,
    guid,
    send: (method: string, body?: object) =>
      cloud.call(method, path, body === undefined ? {} : { body }),
    status: () => cloud.call('GET', path).data<IsolationState>().status,
    allowed: () => cloud.call('OPTIONS', path).headers['allow'],
  };
}
