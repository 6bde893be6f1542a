/** What the demo's Sluice serves: an account of each vendor, a webhook, a schedule and two reactions. */
import type { SluiceConfigInput } from '../../shared/config/sluice-config.ts';

export const ORGANIZATION_ID = 9237;
export const TENANT_ID = 'client_42';
export const FLEET_DEVICES = 1_500;

/** The tag that a device gets for a detection on it. */
export const DETECTED_TAG = 'detected';

export const demoConfig = (): SluiceConfigInput => ({
  accounts: {
    acme: { provider: 'automox', organizationId: ORGANIZATION_ID },
    contoso: { provider: 'opsramp', tenantId: TENANT_ID },
    globex: { provider: 'amp', region: 'nam' },
  },
  webhooks: {
    tagging: {
      scheme: 'standard-webhooks',
      jobs: `{
          "type": "automox.servers.batch",
          "account": "acme",
          "params": {
            "devices": payload.deviceIds,
            "actions": [{ "attribute": "tags", "action": "apply", "value": [payload.tag] }]
          }
        }`,
    },
  },
  schedules: {
    inventory: {
      // Counted from when it is made, so that it cannot be missed while the stack still starts.
      when: 'rate(1 minute)',
      job: { type: 'automox.servers.query', account: 'acme', params: {} },
    },
  },
  reactions: {
    'tag-detected-host': { ...severeDetection, job: tagHost('<$.detail.hostname>') },
    'acknowledge-alerts': { ...severeDetection, job: acknowledgeAlerts('<$.detail.hostname>') },
  },
});

const severeDetection = { on: 'AmpEventFound', when: { severity: ['High', 'Critical'] } };

/** Urgent: it does not stand in line behind the batches of the first act. */
export const tagHost = (hostName: string) => ({
  type: 'automox.servers.batch',
  account: 'acme',
  priority: 'urgent',
  params: {
    select: { hostName },
    actions: [{ attribute: 'tags', action: 'apply', value: [DETECTED_TAG] }],
  },
});

export const acknowledgeAlerts = (hostName: string) => ({
  type: 'opsramp.alerts.act',
  account: 'contoso',
  params: {
    action: 'acknowledge',
    description: 'Cisco AMP has detected a threat on this host',
    select: { hostName, acknowledged: false, closed: false },
  },
});
