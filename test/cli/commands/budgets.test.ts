import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../shared/kernel/json.ts';
import { noApi, scriptApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

const batch = {
  id: 'automox/acme/servers.batch',
  requests: 5,
  windowMs: 60_000,
  mode: 'strict',
  held: 5,
  waiting: [
    { group: 'b', urgent: false, until: '2026-03-01T02:03:00.000Z' },
    { group: 'a', urgent: true, until: '2026-03-01T02:02:00.000Z' },
  ],
  paused: false,
  throttled: 0,
};
const paused = { ...batch, id: 'automox/acme/servers.list', waiting: [], paused: true };
const blocked = {
  ...batch,
  id: 'automox/acme/all',
  windowMs: 1_000,
  held: null,
  waiting: [],
  blockedUntil: '2026-03-01T02:05:00.000Z',
  throttled: 2,
};

describe('budgets', () => {
  it('shows limits, holders, waiters and the state of each', async () => {
    const body = { budgets: [batch, paused, blocked] };
    const { out } = await run(['budgets'], scriptApi({ to: 'GET /budgets', body }).fetch);
    expect(out.split('\n')).toEqual([
      'ID                          LIMIT       HELD  WAITING  THROTTLED  STATE',
      'automox/acme/servers.batch  5 in 1 min  5     2        0          open, next permit 2026-03-01 02:02:00Z',
      'automox/acme/servers.list   5 in 1 min  5     0        0          paused',
      'automox/acme/all            5 in 1 s    -     0        2          blocked by the vendor until 2026-03-01 02:05:00Z',
      '',
    ]);
  });

  it.each(['pause', 'resume'])('%s names the budget in the path, part by part', async (action) => {
    const api = scriptApi({
      to: `POST /budgets/automox/acme/servers.list/${action}`,
      body: paused,
    });
    const argv = ['budgets', action, 'automox/acme/servers.list', '--json'];
    const { exitCode, out } = await run(argv, api.fetch);
    expect(exitCode).toBe(0);
    expect(parseJson(out)).toEqual(paused);
  });

  it.each([
    [
      ['puase', 'x'],
      'budgets cannot "puase", only pause and resume. Did you mean "budgets pause"?',
    ],
    [['pause'], 'budgets pause needs an ID'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, err } = await run(['budgets', ...argv], noApi());
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
