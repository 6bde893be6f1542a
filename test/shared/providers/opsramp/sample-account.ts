/** An account as the config describes it, without what it may leave out. */
export const account = {
  provider: 'opsramp',
  tenantId: 'client_42',
  scope: 'client',
  host: 'api.opsramp.com',
  tokenPath: '/auth/oauth/token',
} as const;
