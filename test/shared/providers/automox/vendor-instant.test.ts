import { describe, expect, it } from 'vitest';
import { findInstantMs } from '../../../../shared/providers/automox/vendor-instant.ts';

describe('findInstantMs', () => {
  it.each([
    '2022-04-29T05:57:43+0000',
    '2022-04-29T05:57:43+00:00',
    '2022-04-29T05:57:43Z',
    '2022-04-29T05:57:43.000Z',
    '2022-04-29 05:57:43',
  ])('reads %s', (text) => {
    expect(findInstantMs(text)).toBe(Date.UTC(2022, 3, 29, 5, 57, 43));
  });

  it.each([
    '',
    'yesterday',
    '2022-04-29',
    '2022-04-29T05:57:43+0200',
    '2022-13-29 05:57:43',
    7,
    null,
  ])('reads nothing from %j', (value) => {
    expect(findInstantMs(value)).toBeUndefined();
  });
});
