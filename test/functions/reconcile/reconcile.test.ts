import { describe, expect, it } from 'vitest';
import { createReconcile } from '../../../functions/reconcile/reconcile.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';

/** Two jobs that the queue did not take, a minute ago. */
async function engineWithTwoUnsent() {
  const engine = createEngine();
  engine.queue.refuse(2);
  await engine.submit();
  await engine.submit();
  engine.clock.leapTo(engine.clock.nowMs() + minutes(1));
  return engine;
}

describe('the reconcile function', () => {
  it('sends what was not queued, and counts it', async () => {
    const engine = await engineWithTwoUnsent();
    const log = createMemoryLog();
    const counts = { sent: 2, expired: 0, announced: 0, failed: 0 };
    expect(await createReconcile({ ...engine.deps, log })()).toEqual(counts);
    expect(log.lines).toEqual([{ level: 'info', message: 'reconciled', ...counts }]);
    expect(engine.queue.sent).toHaveLength(2);
  });

  it('ends before its time does, and leaves the rest to the next minute', async () => {
    const engine = await engineWithTwoUnsent();
    const left = [seconds(30), seconds(9)];
    const reconcile = createReconcile({ ...engine.deps, log: createMemoryLog() });
    expect(await reconcile(() => left.shift() ?? 0)).toMatchObject({ sent: 1, failed: 0 });
    expect(await reconcile()).toMatchObject({ sent: 1 });
  });

  it('logs each job that has to wait for the next minute', async () => {
    const engine = createEngine();
    engine.queue.refuse(1);
    const { id } = await engine.submit();
    engine.clock.leapTo(engine.clock.nowMs() + minutes(1));
    engine.queue.refuse(1);
    const log = createMemoryLog();
    expect(await createReconcile({ ...engine.deps, log })()).toMatchObject({ sent: 0, failed: 1 });
    expect(log.lines[0]).toMatchObject({
      level: 'error',
      jobId: id,
      code: 'store.unavailable',
    });
  });
});
