/** The three vendors as the demo has them, in virtual time: no stack, no socket. */
import { ORGANIZATION_ID } from '../../../local/demo/demo-config.ts';
import { createAmpSimulator } from '../../../local/simulators/amp/amp-simulator.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import type { SimulatedVendors } from '../../../local/stack/simulated-vendors.ts';
import {
  SHARED_HOSTS as hostnames,
  type SimulatorOf,
} from '../../../local/stack/vendor-simulators.ts';
import type { ProviderName } from '../../../shared/config/account.ts';
import { CLIENT, createClientTenant } from '../simulators/opsramp/client-tenant.ts';
import { eventFor } from '../simulators/opsramp/raised-alert.ts';

export function createTrio(nowMs: () => number) {
  const clock = { nowMs };
  const automox = createAutomoxSimulator({ clock, fleet: { devices: 6, hostnames } });
  const client = createClientTenant({ clock, fleet: { resources: 6, alerts: 0, hostnames } });
  const opsramp = client.simulator;
  const amp = createAmpSimulator({
    clock,
    credentials: { '1': { apiKey: 'k', business: 'globex' } },
    fleet: { computers: 6, events: 20, hostnames },
  });
  const simulators: { readonly [P in ProviderName]: SimulatorOf<P> } = { automox, opsramp, amp };
  const vendors: Pick<SimulatedVendors, 'simulatorOf'> = {
    simulatorOf: (provider) => simulators[provider],
  };
  return {
    vendors,
    business: () => amp.business('globex'),
    devices: () => [...automox.org(ORGANIZATION_ID).devices.values()],
    alerts: () => [...opsramp.tenant(CLIENT).alerts.values()].map(({ alert }) => alert),
    /** OpsRamp is told of a trouble of a host, and shows the alert a little later. */
    report: (hostName: string, serviceName: string) =>
      client.call('POST', '/alert', { body: eventFor(hostName, { serviceName }) }),
  };
}
