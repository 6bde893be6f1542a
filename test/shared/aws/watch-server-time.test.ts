import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDbClient } from '../../../shared/aws/clients.ts';
import { watchServerTime } from '../../../shared/aws/watch-server-time.ts';
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { createClockWatch } from '../../../shared/limiter/clock-watch.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

/** What a host whose clock is off by `byMs` learns from one answer of DynamoDB. */
async function learnedBy(byMs: number) {
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + byMs };
  const watch = createClockWatch();
  const client = watchServerTime(createDynamoDbClient(aws.clientOptions), watch, clock);
  await client.send(new ListTablesCommand());
  return watch;
}

describe('the watch over the answers of DynamoDB', () => {
  it('believes a clock that agrees', async () => {
    expect((await learnedBy(0)).isTrusted).toBe(true);
  });

  it.each([600_000, -600_000])('notices a clock that is off by %i ms', async (byMs) => {
    const watch = await learnedBy(byMs);
    expect(watch.isTrusted).toBe(false);
    expect(watch.certainErrorMs).toBeLessThanOrEqual(600_000);
    expect(watch.certainErrorMs).toBeGreaterThan(500_000);
  });
});
