/** Job messages that the tests of the stack send. */
export const queryServers = (correlationId: string) => ({
  type: 'automox.servers.query',
  account: 'acme',
  params: { fields: ['id', 'name'] },
  correlationId,
});

export const tagDevices = (devices: readonly number[], correlationId: string) => ({
  type: 'automox.servers.batch',
  account: 'acme',
  params: { devices, actions: [{ attribute: 'tags', action: 'apply', value: [correlationId] }] },
  correlationId,
});

export const runPolicy = (policyId: number, correlationId: string) => ({
  type: 'automox.policy.run',
  account: 'acme',
  params: { policyId },
  correlationId,
});
