/** What the vendors themselves say at the end, whatever Sluice says: their own state, their own counts. */
import type { Audit } from '../simulators/frame/simulator.ts';
import type { SimulatedVendors } from '../stack/simulated-vendors.ts';
import { DETECTED_TAG, ORGANIZATION_ID, TENANT_ID } from './demo-config.ts';

export interface VendorFacts {
  /** Devices at Automox that have the tag. */
  readonly tagged: readonly { readonly host: string; readonly tags: readonly string[] }[];
  /** Alerts at OpsRamp: those about hosts of the detections, and any other that is acknowledged. */
  readonly alerts: readonly {
    readonly host: string;
    readonly id: string;
    readonly status: string;
    readonly acknowledged: boolean;
  }[];
  /** At Cisco AMP, since the demo began. */
  readonly detections: readonly { readonly host: string; readonly severity: string }[];
  readonly audits: readonly Audit[];
}

export function askVendors(
  vendors: Pick<SimulatedVendors, 'simulatorOf'>,
  sinceMs: number,
): VendorFacts {
  const automox = vendors.simulatorOf('automox');
  const opsramp = vendors.simulatorOf('opsramp');
  const amp = vendors.simulatorOf('amp');
  const detections = amp
    .business('globex')
    .state.events.filter(({ timestamp }) => timestamp >= Math.floor(sinceMs / 1_000))
    .map(({ computer, severity = '' }) => ({ host: computer?.hostname ?? '', severity }));
  return {
    tagged: [...automox.org(ORGANIZATION_ID).devices.values()]
      .filter(({ tags }) => tags.includes(DETECTED_TAG))
      .map(({ name, tags }) => ({ host: name, tags })),
    alerts: [...opsramp.tenant(TENANT_ID).alerts.values()]
      .map(({ alert: { uniqueId, status, acknowledged, resource } }) => {
        const host = String(resource?.['hostName'] ?? '');
        return { host, id: uniqueId, status, acknowledged };
      })
      .filter((it) => it.acknowledged || detections.some(({ host }) => host === it.host)),
    detections,
    audits: [automox.audit(), opsramp.audit(), amp.audit()],
  };
}
