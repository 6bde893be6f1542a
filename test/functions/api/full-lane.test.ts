import { describe, expect, it } from 'vitest';
import { createFullLane } from '../../shared/jobs/full-lane.ts';
import { goodMessage } from '../../shared/jobs/wrong-messages.ts';
import { createApiBench } from './api-bench.ts';

describe('POST /jobs into a full lane', () => {
  it('answers 503 with Retry-After and the instant at which the job would come up', async () => {
    const { engine } = createFullLane();
    const { post } = createApiBench(engine);
    const { status, headers, body } = await post(goodMessage);
    expect([status, headers['retry-after'], body['code']]).toEqual([503, '30', 'lane.full']);
    expect(body).toMatchObject({
      waiting: 93_600,
      waitingMax: 93_600,
      eta: '2026-03-14T02:00:00.000Z',
    });
  });

  it('records no row, for nobody was wrong, and alarms nobody', async () => {
    const { engine } = createFullLane();
    const { post, log, valuesOf } = createApiBench(engine);
    await post(goodMessage);
    expect(valuesOf('JobsPutOff')).toEqual([[{ Way: 'http' }, [1]]]);
    expect((await engine.store.list({ limit: 1 })).jobs).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', code: 'lane.full' }]);
  });

  it('still says what is wrong with a message', async () => {
    const { engine } = createFullLane();
    const { post } = createApiBench(engine);
    expect((await post({ ...goodMessage, extra: 1 })).status).toBe(400);
  });
});
