import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../../../shared/errors/codes.ts';
import { ProviderError } from '../../../../shared/errors/provider-error.ts';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import { type Json, stringifyJson } from '../../../../shared/kernel/json.ts';
import { readDevice } from '../../../../shared/providers/automox/device.ts';
import { isSelected } from '../../../../shared/providers/automox/device-selection.ts';
import { findAutomoxError } from '../../../../shared/providers/automox/errors.ts';
import {
  isPending,
  isSameCommand,
  lastIdOf,
} from '../../../../shared/providers/automox/jobs/command-queue.ts';
import {
  changedDevice,
  parseWritableDevice,
} from '../../../../shared/providers/automox/jobs/device-change.ts';
import { isDefaultGroup } from '../../../../shared/providers/automox/jobs/find-group.ts';
import {
  CLASSIFICATIONS,
  classificationOf,
} from '../../../../shared/providers/automox/jobs/patch-classification.ts';
import { lastSeenMs } from '../../../../shared/providers/automox/jobs/servers-remove-stale.ts';
import { operations } from '../../../../shared/providers/automox/operations.ts';
import { toOutboundPolicy } from '../../../../shared/providers/automox/policy/outbound.ts';
import { policyDifferences } from '../../../../shared/providers/automox/policy/policy-differences.ts';
import { PolicyCreateParams } from '../../../../shared/providers/automox/policy/policy-params.ts';
import { portablePolicy } from '../../../../shared/providers/automox/policy/portable-policy.ts';
import {
  mergedPolicy,
  parsePolicyRow,
} from '../../../../shared/providers/automox/policy/writable-policy.ts';
import { answerOf } from '../../../contracts/answers.ts';
import { hostileJson, hostileRow, hostileText } from '../../../support/hostile-json.ts';

const rules = { seed: 22, numRuns: 500 };

const device = hostileRow([
  ...['id', 'name', 'custom_name', 'os_family', 'server_group_id', 'tags', 'connected'],
  ...['last_refresh_time', 'last_disconnect_time', 'exception', 'ip_addrs'],
]);
const policy = hostileRow([
  ...['id', 'name', 'policy_type_name', 'notes', 'server_groups', 'configuration', 'notify_user'],
  ...['schedule_days', 'schedule_weeks_of_month', 'schedule_months', 'schedule_time'],
  ...['use_scheduled_timezone', 'scheduled_timezone', 'organization_id'],
]);

const params = PolicyCreateParams.parse({
  ...{ name: 'Pilot', policy_type_name: 'patch', schedule: { days: 'all', time: '02:00' } },
  configuration: { auto_patch: true, auto_reboot: false, notify_user: true, patch_rule: 'all' },
});
const { body: sent } = toOutboundPolicy(params, { organizationId: 9237 });

const typed = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    return undefined;
  }
};

describe('whatever Automox answers', () => {
  it('is a device of which each field is what it is said to be, or absent', () => {
    fc.assert(
      fc.property(device, (row) => {
        const { id, names, tags, groupId } = readDevice(row);
        expect(Number.isSafeInteger(id ?? 0)).toBe(true);
        expect([...names, ...tags].every((it) => typeof it === 'string')).toBe(true);
        expect(typeof (groupId ?? 0)).toBe('number');
        const selection = { name: '*', tag: 'x', osFamily: 'Windows' as const };
        expect(typeof isSelected(selection, readDevice(row))).toBe('boolean');
        expect(Number.isFinite(lastSeenMs(row) ?? 0)).toBe(true);
      }),
      rules,
    );
  });

  it('is a device that can be written back whole, or none', () => {
    fc.assert(
      fc.property(device, (row) => {
        const writable = typed(() => parseWritableDevice(row));
        if (writable) changedDevice(writable, { tags: { add: ['pilot'] } });
      }),
      rules,
    );
  });

  it('is a policy that can be told, compared and written back, or none', () => {
    fc.assert(
      fc.property(policy, policy, (row, wanted) => {
        typed(() => parsePolicyRow(row));
        expect(typeof stringifyJson(portablePolicy(row))).toBe('string');
        expect(typeof stringifyJson(mergedPolicy(row, wanted))).toBe('string');
        const differences = policyDifferences(sent, row);
        expect(differences.every((it) => typeof it === 'string')).toBe(true);
      }),
      rules,
    );
  });

  it('is a queue whose entries are compared, and whose last id is a number', () => {
    const entry = hostileRow(['id', 'command_type_name', 'args', 'response_time']);
    fc.assert(
      fc.property(fc.array(entry), (queue) => {
        expect(lastIdOf(queue)).toBeGreaterThanOrEqual(0);
        for (const row of queue) {
          expect(typeof isSameCommand({ name: 'Reboot', args: '' }, row)).toBe('boolean');
          expect(typeof isPending(row)).toBe('boolean');
          expect(typeof isDefaultGroup(row)).toBe('boolean');
        }
      }),
      rules,
    );
    expect(lastIdOf(Array.from({ length: 300_000 }, (_, id): { id: Json } => ({ id })))).toBe(
      299_999,
    );
  });

  it('is a classification that has a name, or none', () => {
    fc.assert(
      fc.property(hostileJson, (category) => {
        const found = classificationOf(category);
        expect([undefined, ...CLASSIFICATIONS]).toContain(found);
      }),
      rules,
    );
    expect(classificationOf('constructor')).toBeUndefined();
  });

  it('is an error of a known code, short and with few fields, unless it is a success', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), hostileText, (status, text) => {
        const answer = answerOf(status, readVendorBody(text, 'application/json'));
        const error = findAutomoxError(operations.createPolicy, answer);
        expect(isErrorCode(error?.code ?? 'provider.rejected')).toBe(true);
        expect((error?.message ?? '').length).toBeLessThan(600);
        expect((error?.fields ?? []).length).toBeLessThanOrEqual(20);
      }),
      rules,
    );
  });
});
