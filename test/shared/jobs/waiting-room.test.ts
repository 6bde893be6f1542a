import { describe, expect, it } from 'vitest';
import { createDelivery } from '../../../shared/jobs/delivery.ts';
import { createWaitingRoom } from '../../../shared/jobs/waiting-room.ts';
import { createEngine } from './engine.ts';
import { createScriptedLimiter } from './scripted-limiter.ts';
import { wide } from './scripted-vendor.ts';

/** A room on a host whose wall clock can be moved. */
async function roomWithClock() {
  const engine = createEngine();
  let offMs = 0;
  const clock = { ...engine.clock, nowMs: () => engine.clock.nowMs() + offMs };
  const limiter = createScriptedLimiter(clock);
  const { id } = await engine.submit();
  const lease = { owner: 'w', untilMs: clock.nowMs() + 30_000 };
  const delivery = createDelivery(engine.deps.store, clock, await engine.find(id), lease);
  const room = createWaitingRoom({ limiter, clock, delivery, patienceMs: 2_000 });
  return {
    room,
    limiter,
    clock: engine.clock,
    setBack: (byMs: number) => {
      offMs -= byMs;
    },
  };
}

describe('the instant of a permit', () => {
  it('comes no later because the clock is set back while it is waited for', async () => {
    const { room, limiter, clock, setBack } = await roomWithClock();
    limiter.answerWith({ sendInMs: 700 });
    await room.waitForPermit([wide], 'p-1');
    setBack(2_000);
    expect(room.untilSlotMs()).toBe(700);
    clock.leapTo(clock.nowMs() + 500);
    expect(room.untilSlotMs()).toBe(200);
  });
});
