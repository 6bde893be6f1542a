/** Alerts as a monitoring tool raises them. */
import type { ClientTenant } from './client-tenant.ts';

export const eventFor = (hostName: string, change: object = {}) => ({
  serviceName: 'disk',
  currentState: 'CRITICAL',
  subject: 'Disk is full',
  component: '/var',
  device: { hostName },
  ...change,
});

/** Sends one event and gives the id of its alert. */
export function raise(test: ClientTenant, change: object = {}): string {
  const body = eventFor(test.server().hostName, change);
  const [eventId] = test.call('POST', '/alert', { body }).json<string[]>();
  test.wait(2_000);
  const alert = test.call('GET', `/alerts/event/${eventId}`).json<{ uniqueId: string }>();
  return alert.uniqueId;
}
