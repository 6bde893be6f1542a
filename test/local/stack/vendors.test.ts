import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSecretId } from '../../../shared/config/account.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';

let running: RunningStack;
let outcomes: Outcomes;

beforeAll(async () => {
  const { accounts } = quickConfig();
  const more = {
    contoso: { provider: 'opsramp', tenantId: 'client_42' },
    globex: { provider: 'amp', region: 'nam' },
  } as const;
  running = await startRunningStack({
    config: quickConfig({ accounts: { ...accounts, ...more } }),
  });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

const calls = [
  ['acme', 'automox.call', { operation: 'policies.list', query: { limit: 1 } }],
  ['contoso', 'opsramp.call', { operation: 'alerts.search', query: { pageSize: 1 } }],
  ['globex', 'amp.call', { operation: 'computers.list', query: { limit: 1 } }],
] as const;

describe('a stack with accounts of every vendor', () => {
  it.each(calls)('runs a job of %s at its own simulator', async (account, type, params) => {
    await running.submit({ type, account, params, correlationId: account });
    expect(await outcomes.job(account)).toMatchObject({ status: 'succeeded' });
    const [vendor] = type.split('.');
    expect(running.stack.vendors.urls[vendor ?? '']?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
  });

  it('has put a secret of the documented form for each account', async () => {
    const keysOf = async (name: string) =>
      Object.keys(await running.readSecret(accountSecretId(name)));
    expect(await keysOf('acme')).toEqual(['apiKey']);
    expect(await keysOf('contoso')).toEqual(['key', 'secret']);
    expect(await keysOf('globex')).toEqual(['clientId', 'apiKey']);
  });
});
