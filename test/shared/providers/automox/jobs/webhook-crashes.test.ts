import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../../shared/jobs/job.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import type { Console } from '../console.ts';
import {
  ENSURE,
  install,
  keptIn,
  put,
  startHooks,
  theWebhook,
  wanted,
  writesOf,
} from './webhook-bench.ts';

describe('a worker that is killed over the secret of a webhook', () => {
  const rows: Job[] = [];

  /** One webhook, whose present secret the source keeps; no secret anywhere else. */
  async function expectInOrder(console: Console, harness: JobHarness, job: Job): Promise<void> {
    const { id, secrets } = theWebhook(console);
    expect(job.status).toBe('succeeded');
    expect(keptIn(harness)).toMatchObject({ secret: secrets.at(-1), webhookId: id });
    const kept = harness.keeper.kept.map(({ text }) => JSON.parse(text).secret);
    const { announced, publisher } = harness;
    const told = JSON.stringify([rows, job, announced, publisher.published]);
    const result = JSON.stringify(await harness.result(job));
    for (const secret of new Set([...secrets, ...kept])) {
      expect(told).not.toContain(secret);
      expect(result).not.toContain(secret);
    }
  }

  /** A webhook that was there before the job. */
  const standing = (console: Console): void => {
    rows.length = 0;
    install(console);
  };

  const start = () => startHooks({ onRow: (row) => rows.push(structuredClone(row)) });

  it('leaves one webhook with a secret that is kept, at whatever step of its creation', async () => {
    const console = await start();
    const prepare = () => {
      rows.length = 0;
    };
    const steps = await killEverywhere(
      console,
      { type: ENSURE, params: wanted, prepare },
      async ({ harness, job }) => {
        await expectInOrder(console, harness, job);
        expect(console.requests('POST').filter((it) => it.endsWith('/webhooks'))).toHaveLength(1);
        expect(await harness.result(job)).toMatchObject({ created: true });
      },
    );
    expect(steps).toBeGreaterThan(10);
  });

  it('leaves an overlap with the old secret, at whatever step of a rotation', async () => {
    const console = await start();
    const steps = await killEverywhere(
      console,
      {
        type: ENSURE,
        prepare: () => standing(console),
        async params(harness) {
          await put(harness, { secret: 'first-Sluice', webhookId: 'wh-Sluice' });
          return { ...wanted, rotate: true, eventTypes: ['policy.deleted'] };
        },
      },
      async ({ harness, job }) => {
        await expectInOrder(console, harness, job);
        expect(keptIn(harness)?.previous).toBe('first-Sluice');
        expect(theWebhook(console).secrets.length).toBeLessThanOrEqual(3);
        expect(await harness.result(job)).toMatchObject({
          created: false,
          changed: ['eventTypes'],
          rotated: true,
        });
      },
    );
    expect(steps).toBeGreaterThan(15);
  });

  it('leaves the source without the old secret, at whatever step of the end of an overlap', async () => {
    const console = await start();
    await killEverywhere(
      console,
      {
        type: ENSURE,
        prepare: () => standing(console),
        async params(harness) {
          const kept = { secret: 'first-Sluice', previous: 'older', webhookId: 'wh-Sluice' };
          await put(harness, kept);
          return { ...wanted, endOverlap: true };
        },
      },
      async ({ harness, job }) => {
        await expectInOrder(console, harness, job);
        expect(keptIn(harness)).not.toHaveProperty('previous');
        expect(writesOf(console)).toEqual([]);
      },
    );
  });
});
