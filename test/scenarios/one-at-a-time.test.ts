import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs/job.ts';
import { startScenario } from '../support/scenario/scenario.ts';
import { ORG } from '../support/scenario/scenario-vendor.ts';

const rotation = {
  type: 'automox.webhooks.ensure',
  params: {
    name: 'Sluice',
    url: 'https://hooks.example.com/webhooks/patching',
    eventTypes: ['policy.compliant'],
    source: 'patching',
    rotate: true,
  },
};

/** From its first call to its end. */
function spanOf({ timeline, finishedAtMs = Number.NaN }: Job): readonly [number, number] {
  const [first] = timeline.filter(({ event }) => event === 'call');
  return [first?.at ?? Number.NaN, finishedAtMs];
}

describe('rotations of one source that are asked for at once by several tenants', () => {
  it('go on one after the other, and the source ends with the secret that counts', async () => {
    const scenario = await startScenario({ sources: ['patching'] });
    await scenario.submit(rotation);
    await scenario.submit({ ...rotation, tenant: 'other' });
    await scenario.submit({ ...rotation, tenant: 'third', priority: 'urgent' });
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const spans = jobs.map(spanOf).sort(([a], [b]) => a - b);
    for (const [index, [firstMs]] of spans.slice(1).entries()) {
      expect(firstMs).toBeGreaterThan(spans[index]?.[1] ?? Number.NaN);
    }
    const [webhook, ...others] = scenario.simulator.org(ORG).webhooks.values();
    expect(others).toEqual([]);
    const kept = JSON.parse(scenario.keeper.kept.at(-1)?.text ?? '');
    expect(kept).toMatchObject({ secret: webhook?.secrets.at(-1), webhookId: webhook?.id });
  });
});
