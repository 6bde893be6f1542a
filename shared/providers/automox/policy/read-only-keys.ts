/**
 * Keys that Automox shows when a policy is read and does not take when one is created: dropped, so
 * that a policy copied from the API or from the documentation can be submitted as it is.
 *
 * source: 'Automox developer portal: Create a new policy' (create_time in its sample body);
 * 'Automox console API, observed' (the others).
 */
const READ_ONLY_KEYS: ReadonlySet<string> = new Set([
  'id',
  'uuid',
  'policy_uuid',
  'account_id',
  'create_time',
  'server_count',
  'status',
  'next_remediation',
]);

const READ_ONLY_PREFIXES = ['community_worklet_', 'policy_template_'] as const;

export const isReadOnlyPolicyKey = (key: string): boolean =>
  READ_ONLY_KEYS.has(key) || READ_ONLY_PREFIXES.some((prefix) => key.startsWith(prefix));
