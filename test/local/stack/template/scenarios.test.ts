import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { receiveAll } from '../dead-letters.ts';
import { tagDevices } from '../messages.ts';
import { testWaysIn } from '../ways-in.ts';
import { synthesize } from './synthesized.ts';

/** Automox's limit, and a window in which seven jobs are sent for sure. */
const BATCHES_PER_WINDOW = 5;
const WINDOW_S = 6;

const budgets = { 'automox/acme/servers.batch': { windowSeconds: WINDOW_S } };

describe.concurrent('the deployed template, with the built bundles', () => {
  const watched = testWaysIn((base) => {
    const config = { ...base, budgets: { ...base.budgets, ...budgets } };
    return { config, template: synthesize(config), windowScale: WINDOW_S / 60 };
  });

  it('defers a batch job beyond the limit, and runs it and the next in the next window', async () => {
    const { running, outcomes } = watched;
    const names = Array.from({ length: BATCHES_PER_WINDOW + 2 }, (_, at) => `batch-${at}`);
    await Promise.all(names.map((name) => running.submit(tagDevices(running.devices, name))));
    const jobs = await Promise.all(names.map((name) => outcomes.job(name)));
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    const deferred = jobs.filter(({ timeline }) =>
      timeline.some(({ event }) => event === 'waiting'),
    );
    expect(deferred).not.toEqual([]);
    const { limits } = running.stack.vendors.simulatorOf('automox').audit();
    expect(limits['servers.batch']).toMatchObject({ arrivals: names.length, refused: 0 });
    expect(limits['servers.batch']?.fullest).toBeLessThanOrEqual(BATCHES_PER_WINDOW);
  });

  it('sets a wrong message aside with the reason', async () => {
    const { running } = watched;
    await running.sqs.send(
      new SendMessageCommand({ QueueUrl: running.stack.intakeQueueUrl, MessageBody: 'not JSON' }),
    );
    const [letter] = await receiveAll(running, 1);
    expect(letter).toMatchObject({ body: 'not JSON', code: 'job.invalid' });
  });
});
