/** The vendors of a scenario: an account, what opens it, and the simulator that stands for the vendor. */
import { createAmpSimulator } from '../../../local/simulators/amp/amp-simulator.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import type { Simulator } from '../../../local/simulators/frame/simulator.ts';
import { createOpsRampSimulator } from '../../../local/simulators/opsramp/opsramp-simulator.ts';
import type { Account } from '../../../shared/config/account.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import { accountOf } from '../sample-accounts.ts';

export interface ScenarioVendor<S extends Simulator> {
  readonly account: Account;
  readonly secret: Json;
  createSimulator(clock: Clock): S;
}

/** The name of the account in the config, and of the business at Cisco AMP. */
export const ACCOUNT = 'acme';
export const ORG = 9237;

export const automoxVendor = (devices = 20) => ({
  account: accountOf('automox'),
  secret: { apiKey: 'automox-key' },
  createSimulator: (clock: Clock) => createAutomoxSimulator({ clock, fleet: { devices } }),
});

export const opsRampVendor = (alerts: number) => ({
  account: accountOf('opsramp'),
  secret: { key: 'opsramp-key', secret: 'opsramp-secret' },
  createSimulator: (clock: Clock) => createOpsRampSimulator({ clock, fleet: { alerts } }),
});

export const ampVendor = (computers: number) => ({
  account: accountOf('amp'),
  secret: { clientId: '1234', apiKey: 'atest' },
  createSimulator: (clock: Clock) => createAmpSimulator({ clock, fleet: { computers, events: 0 } }),
});
