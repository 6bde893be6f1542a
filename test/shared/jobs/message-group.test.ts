import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountName } from '../../../shared/config/account.ts';
import { messageGroup } from '../../../shared/jobs/message-group.ts';
import { listProviders } from '../../../shared/providers/registry.ts';

const parts = { account: 'acme', tenant: 'default', priority: 'normal', jobId: 'job_1' } as const;

describe('messageGroup', () => {
  it('is one line for each account, budget, tenant and priority', () => {
    expect(messageGroup({ budget: 'servers.batch', shards: 1 }, parts)).toBe(
      'acme/servers.batch/default/normal/0',
    );
  });

  it('spreads a type with shards over as many lines, and a job always over the same', () => {
    const type = { budget: 'account', shards: 4 };
    const groupOf = (n: number): string => messageGroup(type, { ...parts, jobId: `job_${n}` });
    const groups = new Set(Array.from({ length: 200 }, (_, n) => groupOf(n)));
    expect([...groups].sort()).toEqual(
      [0, 1, 2, 3].map((shard) => `acme/account/default/normal/${shard}`),
    );
    expect(groupOf(7)).toBe(groupOf(7));
  });

  it('keeps within what SQS takes for every job type and the longest names', () => {
    const types = listProviders().flatMap(({ jobTypes }) => jobTypes);
    const longest = { ...parts, account: 'a'.repeat(32), priority: 'urgent' as const };
    expect(AccountName.safeParse(longest.account).success).toBe(true);
    const tenants = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
    fc.assert(
      fc.property(tenants, fc.constantFrom(...types), (tenant, type) => {
        const lines = [type, { ...type, only: type.type }];
        for (const line of lines) {
          expect(messageGroup(line, { ...longest, tenant })).toMatch(/^[\w./-]{1,128}$/);
        }
      }),
    );
  });

  it('is one line for a type whose jobs go on one at a time, whatever tenant and priority', () => {
    const line = { budget: 'account', shards: 1, only: 'automox.webhooks.ensure' };
    const others = { ...parts, tenant: 'other', priority: 'urgent' as const, jobId: 'job_2' };
    expect(messageGroup(line, parts)).toBe('acme/account/automox.webhooks.ensure');
    expect(messageGroup(line, others)).toBe(messageGroup(line, parts));
    expect(messageGroup(line, { ...parts, account: 'b' })).not.toBe(messageGroup(line, parts));
  });

  it('keeps two long tenants apart', () => {
    const type = { budget: 'account', shards: 1 };
    const groupOf = (tenant: string): string => messageGroup(type, { ...parts, tenant });
    expect(groupOf(`${'t'.repeat(60)}1`)).not.toBe(groupOf(`${'t'.repeat(60)}2`));
  });
});
