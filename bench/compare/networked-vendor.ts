/**
 * The simulated vendor behind the scenario's network, for whoever does not bring a network of its own:
 * waits for the way there, has the request counted and answered, waits for the way back. `onCounted` is
 * told while the answer is on its way.
 */
import type { Simulator } from '../../local/simulators/frame/simulator.ts';
import type { InProcessRequest, WireAnswer } from '../../local/simulators/frame/wire.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import type { Network } from './network.ts';

export interface NetworkedVendor {
  /** The scenario's time begins now, and not when this was made. */
  startNow(): void;
  handle(request: InProcessRequest): Promise<WireAnswer>;
}

export function createNetworkedVendor(
  simulator: Pick<Simulator, 'handle' | 'faults'>,
  network: Network,
  clock: Clock,
  onCounted: () => void = () => {},
): NetworkedVendor {
  let startedAtMs = clock.monotonicMs();
  return {
    startNow() {
      startedAtMs = clock.monotonicMs();
    },
    async handle(request) {
      const { thereMs, backMs } = network.next();
      await clock.sleep(thereMs);
      const retryAfterSeconds = network.refusalSeconds(clock.monotonicMs() - startedAtMs);
      const fault = { kind: 'throttle', retryAfterSeconds } as const;
      if (retryAfterSeconds !== undefined) simulator.faults.add({ fault });
      const answer = simulator.handle(request);
      onCounted();
      await clock.sleep(backMs + answer.delayMs);
      return answer;
    },
  };
}
