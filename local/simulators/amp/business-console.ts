/** What happens in a business without any call of the API: detections, and computers that come and go. */
import { type Detection, detect, getComputer } from './detection.ts';
import type { AmpEvent } from './events.ts';
import { followUp } from './isolation.ts';
import { syncPolicy } from './policy-sync.ts';
import type { Business, Computer, World } from './world.ts';

export interface BusinessConsole {
  /** All it has, as it is now. */
  readonly state: Business;
  /** Adds an event, as if a connector had just reported it. Throws RangeError. */
  detect(detection?: Detection): AmpEvent;
  /** By connector GUID or hostname. Throws RangeError. */
  computer(name: string): Computer;
  /** Brings a computer online: what it has to do, it does after the usual delay. */
  connect(name: string): void;
  /** Takes a computer offline: what is asked of it stays pending. */
  disconnect(name: string): void;
  /** From now on a DELETE of this computer answers `deleted: false`. */
  keep(name: string): void;
}

export function createBusinessConsole(
  world: World,
  state: Business,
  nowMs: () => number,
): BusinessConsole {
  const computer = (name: string): Computer => getComputer(state, name);
  return {
    state,
    computer,
    detect: (detection) => detect(world, state, nowMs(), detection),
    connect(name) {
      const connected = computer(name);
      connected.online = true;
      connected.lastSeenAtMs = nowMs();
      followUp(world, connected, nowMs());
      syncPolicy(world, state, connected, nowMs());
    },
    disconnect: (name) => {
      computer(name).online = false;
    },
    keep: (name) => {
      computer(name).deletable = false;
    },
  };
}
