import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const CREATE = 'automox.policy.create';

const policy = {
  name: 'Patch the pilot ring',
  policy_type_name: 'patch',
  schedule: { days: ['mon', 'wed'], weeks: [1, 3], months: 'all', time: '01:00' },
  notes: '',
  server_groups: [1_000_001],
  configuration: { auto_patch: true, auto_reboot: false, notify_user: true, patch_rule: 'all' },
} satisfies Json;

const namesakes = (console: Console) =>
  [...console.org().policies.values()].filter(({ name }) => name === policy.name);

const nameTaken = '{"errors":["A policy with this name already exists"]}';

describe('automox.policy.create', () => {
  it('creates the policy and finds out its id', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(CREATE, policy);
    expect(job.status).toBe('succeeded');
    const [created] = namesakes(console);
    expect(created).toMatchObject({ schedule_days: 10, schedule_weeks_of_month: 10 });
    expect(await harness.result(job)).toEqual({ policyId: created?.id, created: true });
    expect(console.requests()).toEqual(['GET /policies', 'POST /policies', 'GET /policies']);
  });

  it('takes {} for an answer as well', async () => {
    const console = await startConsole({ settings: { createdPolicyBody: '{}' } });
    expect((await console.harness().run(CREATE, policy)).status).toBe('succeeded');
  });

  it('succeeds without a write when the policy is there and says the same', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(CREATE, policy);
    const job = await harness.run(CREATE, policy);
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toEqual({
      policyId: namesakes(console)[0]?.id,
      created: false,
    });
    expect(console.requests('POST')).toHaveLength(1);
  });

  it('is refused, naming each difference, when the name belongs to another policy', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(CREATE, policy);
    const configuration = { ...policy.configuration, auto_reboot: true };
    const job = await harness.run(CREATE, { ...policy, notes: 'mine', configuration });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(job.error?.fields?.map(({ field }) => field)).toEqual([
      'params.notes',
      'params.configuration.auto_reboot',
    ]);
    expect(console.requests('POST')).toHaveLength(1);
  });

  for (const acted of [true, false]) {
    it(`makes one policy when the answer is lost and Automox ${acted ? 'acted' : 'did not act'}`, async () => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut', acted } });
      const job = await harness.run(CREATE, policy);
      expect(job.status).toBe('succeeded');
      expect(namesakes(console)).toHaveLength(1);
      expect(await harness.result(job)).toMatchObject({ created: true });
      expect(console.requests('POST')).toHaveLength(acted ? 1 : 2);
    });
  }

  for (const fault of [
    { kind: 'status', status: 503, acted: true },
    { kind: 'html', status: 200, acted: true },
    { kind: 'half-body' },
  ] as const) {
    it(`makes one policy when ${JSON.stringify(fault)} hides that Automox acted`, async () => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ method: 'POST', fault });
      const job = await harness.run(CREATE, policy);
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toMatchObject({ policyId: namesakes(console)[0]?.id });
      expect(console.requests('POST')).toHaveLength(1);
    });
  }

  it('is uncertain when Automox never says whether it acted', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const lists = {
      method: 'GET',
      skip: 1,
      times: 9,
      fault: { kind: 'status', status: 503 },
    } as const;
    console.simulator.faults.add(lists);
    const job = await harness.run(CREATE, policy);
    expect(job.status).toBe('uncertain');
    expect(console.requests('POST')).toHaveLength(1);
  });

  it('looks the policy up when its name was taken after all', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const fault = { kind: 'raw', status: 422, body: nameTaken, acted: true } as const;
    console.simulator.faults.add({ method: 'POST', fault });
    const job = await harness.run(CREATE, policy);
    expect(job.summary).toBe('the policy "Patch the pilot ring" already exists and is the same');
  });

  it('fails when the name is taken and nobody can say by what', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const fault = { kind: 'raw', status: 400, body: nameTaken } as const;
    console.simulator.faults.add({ method: 'POST', fault });
    const job = await harness.run(CREATE, policy);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.conflict' } });
  });

  it('makes exactly one policy, whenever its worker is killed', async () => {
    const console = await startConsole();
    const steps = await killEverywhere(
      console,
      { type: CREATE, params: policy },
      async ({ harness, job }) => {
        expect(job.status).toBe('succeeded');
        expect(await harness.result(job)).toEqual({
          policyId: namesakes(console)[0]?.id,
          created: true,
        });
        expect(namesakes(console)).toHaveLength(1);
        expect(console.requests('POST')).toHaveLength(1);
      },
    );
    expect(steps).toBeGreaterThan(12);
  });

  it('passes on what it changed in the policy as warnings', async () => {
    const console = await startConsole();
    const params = { ...policy, scheduled_timezone: 'UTC+0000' };
    const { schedule: _words, ...rest } = params;
    const masks = { schedule_days: 254, schedule_time: '02:00' };
    const job = await console.harness().run(CREATE, { ...rest, ...masks });
    expect(job.warnings?.join()).toContain('scheduled_timezone is not sent');
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const job = await console.harness().run(CREATE, policy, { mode: 'observe' });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'would create "Patch the pilot ring"',
    });
    expect(console.requests()).toEqual(['GET /policies']);
    expect(job.timeline).toContainEqual(
      expect.objectContaining({ event: 'would-call', operation: 'policies.create' }),
    );
  });
});
