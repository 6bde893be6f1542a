/**
 * One execution environment: a process with a wall clock of its own, which may be slow, stand still,
 * or die at any call of a port. What a dead process was waiting for never comes.
 */

import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { type ClockWatch, createClockWatch } from '../../shared/limiter/clock-watch.ts';
import type { Fates } from './fates.ts';
import type { HostKind, PortName } from './plan.ts';
import type { World } from './world.ts';

export interface Environment {
  readonly name: string;
  readonly clock: Clock;
  readonly dead: boolean;
  /** The present invocation. */
  readonly invocation: Invocation;
  /** Runs one invocation to its end; rejects with `Died` where the process does not live so long. */
  run<T>(number: number, handle: () => Promise<T>): Promise<T>;
  /** One call of a port: takes a while, and may be where something goes wrong. */
  step<T>(port: PortName, act: () => Promise<T>): Promise<T>;
  readonly watch: ClockWatch;
  /** In this invocation it dies at that call of a port. */
  dieAt(step: number | undefined): void;
  /** Never comes back where the process has died meanwhile. */
  unlessDead<T>(value: T): Promise<T>;
}

export interface Invocation {
  readonly number: number;
  readonly endsAtMs: number;
  steps: number;
  diesAt?: number | undefined;
  sleptMs: number;
}

export class Died extends Error {
  override readonly name = 'Died';
}

const PATIENCE_MS = 2_000;

export function createEnvironment(
  world: World,
  fates: Fates,
  host: HostKind,
  index: number,
): Environment {
  const { clock: trueClock, oracle, trace, random } = world;
  const name = `${host}-${index}`;
  const skewMs = world.plan.skewsMs[index % world.plan.skewsMs.length] ?? 0;
  const watch = createClockWatch();
  let dead = false;
  let invocation: Invocation = { number: 0, endsAtMs: 0, steps: 0, sleptMs: 0 };
  let die: (error: Died) => void = () => {};

  const kill = (why: string): void => {
    if (dead) return;
    dead = true;
    trace.add(name, () => `dies: ${why}`);
    die(new Died(why));
  };
  const unlessDead = <T>(value: T): Promise<T> =>
    dead ? new Promise(() => {}) : Promise.resolve(value);
  const pass = async (durationMs: number): Promise<void> => {
    await trueClock.sleep(durationMs);
    await unlessDead(undefined);
  };
  const clock: Clock = {
    nowMs: () => trueClock.nowMs() + skewMs + fates.clockStepMs(name, world.elapsedMs()),
    monotonicMs: trueClock.monotonicMs,
    async sleep(durationMs) {
      if (durationMs <= 0) return;
      invocation.sleptMs += durationMs;
      if (invocation.sleptMs > PATIENCE_MS) {
        oracle.accuse('patience', `${name} waits ${Math.round(invocation.sleptMs)} ms in place`);
      }
      await pass(durationMs);
    },
  };

  async function step<T>(port: PortName, act: () => Promise<T>): Promise<T> {
    const present = invocation;
    present.steps += 1;
    const place = { host, invocation: present.number, step: present.steps };
    world.places.push(place);
    const fate = fates.at(place);
    await pass(1 + random() * 3);
    if (place.step === present.diesAt) kill(`of what it was given, at step ${place.step}`);
    if (fate.has('crash-before')) kill(`before step ${place.step} (${port})`);
    await unlessDead(undefined);
    if (fates.isOut(port, world.elapsedMs())) {
      trace.add(name, () => `${port} does not answer`);
      throw unavailable(port);
    }
    const sentAtMs = clock.nowMs();
    let answer = await act();
    if (fate.has('repeated')) answer = await act();
    const dateMs = Math.floor(trueClock.nowMs() / 1_000) * 1_000;
    await pass(1 + random() * 3);
    if (fate.has('crash-after')) kill(`after step ${place.step} (${port})`);
    if (fate.freezeMs > 0) trace.add(name, () => `stands still for ${fate.freezeMs} ms`);
    if (fate.freezeMs > 0) await pass(fate.freezeMs);
    await unlessDead(undefined);
    watch.observe({ dateMs, sentAtMs, receivedAtMs: clock.nowMs() });
    if (fate.has('lost-answer')) {
      trace.add(name, () => `the answer of step ${place.step} (${port}) is lost`);
      throw unavailable(port);
    }
    return answer;
  }

  return {
    name,
    clock,
    watch,
    step,
    unlessDead,
    dieAt(at) {
      invocation.diesAt = at;
    },
    get dead() {
      return dead;
    },
    get invocation() {
      return invocation;
    },
    async run(number, handle) {
      const endsAtMs = trueClock.nowMs() + FUNCTION_TIMEOUT_MS;
      invocation = { number, endsAtMs, steps: 0, sleptMs: 0 };
      const death = new Promise<never>((_, reject) => {
        die = reject;
      });
      const cancelTimeout = trueClock.setTimer(endsAtMs, () => kill('its time is up'));
      try {
        return await Promise.race([handle(), death]);
      } finally {
        cancelTimeout();
      }
    },
  };
}

const unavailable = (port: PortName): SluiceError =>
  new SluiceError('store.unavailable', `${port} does not answer`);

type Port<T> = { readonly [K in keyof T]: (...given: never[]) => Promise<unknown> };

/** `port`, each of whose calls is a step of the environment. All of its methods are asynchronous. */
export const stepped = <T extends Port<T>>(env: Environment, name: PortName, port: T): T =>
  new Proxy(port, {
    get(target, method) {
      const call: unknown = Reflect.get(target, method);
      if (typeof call !== 'function') return call;
      return (...given: unknown[]) =>
        env.step(name, async () => (await Reflect.apply(call, target, given)) as unknown);
    },
  });
