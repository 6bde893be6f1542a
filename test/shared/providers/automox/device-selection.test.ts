import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDevice } from '../../../../shared/providers/automox/device.ts';
import { isSelected } from '../../../../shared/providers/automox/device-selection.ts';
import { matchesGlob } from '../../../../shared/providers/automox/name-glob.ts';

describe('readDevice', () => {
  it('reads what is there and bears what is not', () => {
    const row = { id: 7, name: 'WS-1', custom_name: 'Desk', tags: ['a', null], os_family: 'Mac' };
    expect(readDevice({ ...row, server_group_id: 3 })).toEqual({
      id: 7,
      hostName: 'WS-1',
      names: ['WS-1', 'Desk'],
      osFamily: 'Mac',
      groupId: 3,
      tags: ['a'],
    });
    for (const absent of [
      {},
      { id: '7', name: null, tags: null, os_family: {}, custom_name: [] },
    ]) {
      const nothing = { id: undefined, hostName: undefined, names: [], osFamily: undefined };
      expect(readDevice(absent)).toEqual({ ...nothing, tags: [], groupId: undefined });
    }
  });
});

describe('isSelected', () => {
  const names = { name: 'WS-1', custom_name: 'Desk' };
  const row = { id: 7, ...names, tags: ['a'], os_family: 'Windows', server_group_id: 3 };
  const device = readDevice(row);

  it('selects every device where nothing is asked', () => {
    expect(isSelected({}, readDevice({}))).toBe(true);
  });

  for (const [selection, selected] of [
    [{ tag: 'a', osFamily: 'Windows', name: 'ws-?', groupId: 3 }, true],
    [{ tag: 'A' }, false],
    [{ osFamily: 'Mac' }, false],
    [{ name: 'WS' }, false],
    [{ name: 'desk' }, true],
    [{ hostName: 'ws-1' }, true],
    [{ hostName: 'WS-10' }, false],
    [{ hostName: 'WS-*' }, false],
    [{ hostName: '*' }, false],
    [{ hostName: 'Desk' }, false],
    [{ groupId: 4 }, false],
    [{ tag: 'a', name: 'LT-*' }, false],
  ] as const) {
    it(`${selected ? 'takes' : 'leaves'} it for ${JSON.stringify(selection)}`, () => {
      expect(isSelected(selection, device)).toBe(selected);
    });
  }

  it('leaves a device that does not say what is asked for', () => {
    expect(isSelected({ osFamily: 'Windows' }, readDevice({ id: 1 }))).toBe(false);
    expect(isSelected({ name: '*' }, readDevice({ id: 1 }))).toBe(false);
    expect(isSelected({ hostName: 'WS-1' }, readDevice({ id: 1 }))).toBe(false);
  });
});

describe('matchesGlob', () => {
  it('agrees with the regular expression that says the same', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '.', 'é'), maxLength: 8 });
    const pattern = fc.string({
      unit: fc.constantFrom('a', 'b', '.', '*', '?', 'É'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(pattern, letters, (glob, name) => {
        const source = glob
          .toLowerCase()
          .replaceAll('.', '\\.')
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        expect(matchesGlob(glob, name)).toBe(
          new RegExp(`^${source}$`, 'u').test(name.toLowerCase()),
        );
      }),
    );
  });

  it('is quick with a pattern made to be slow', () => {
    expect(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(255))).toBe(false);
  });
});
