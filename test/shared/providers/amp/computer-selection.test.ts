import { describe, expect, it } from 'vitest';
import { days } from '../../../../shared/kernel/duration.ts';
import { readComputer } from '../../../../shared/providers/amp/computer.ts';
import { isSelected } from '../../../../shared/providers/amp/computer-selection.ts';

const NOW_MS = Date.UTC(2026, 2, 1);
const agoDays = (count: number): string => new Date(NOW_MS - days(count)).toISOString();

const group = '6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34';
const row = { hostname: 'web-1', group_guid: group, internal_ips: [' 10.0.0.1'] };
const seen = (last_seen: string) => ({ ...row, external_ip: '203.0.113.7', last_seen });

describe('isSelected', () => {
  it.each([
    [{}, true],
    [{ hostnames: ['WEB-1'], groupGuids: [group], internalIp: '10.0.0.1' }, true],
    [{ hostnames: ['web-10'] }, false],
    [{ groupGuids: ['00000000-0000-4000-8000-000000000000'] }, false],
    [{ internalIp: '10.0.0.2' }, false],
    [{ externalIp: '203.0.113.7' }, true],
    [{ externalIp: '203.0.113.8' }, false],
    [{ lastSeenWithinDays: 3 }, true],
    [{ lastSeenWithinDays: 1 }, false],
    [{ lastSeenOverDays: 3 }, true],
    [{ lastSeenOverDays: 4 }, false],
  ])(
    'of a computer that AMP listed for %j is %s, whether it was a filter or not',
    (selection, is) => {
      const computer = readComputer(seen(agoDays(3)));
      expect(isSelected(selection, computer, NOW_MS)).toBe(is);
    },
  );

  it('leaves it to AMP what its row does not say', () => {
    const selection = { externalIp: '203.0.113.8', lastSeenWithinDays: 1 };
    expect(isSelected(selection, readComputer(row), NOW_MS)).toBe(true);
  });
});
