import { describe, expect, it } from 'vitest';
import { parsePathPattern } from '../../../../local/simulators/frame/path-pattern.ts';
import { createRouter } from '../../../../local/simulators/frame/router.ts';
import { emptyResponse } from '../../../../local/simulators/frame/wire.ts';

describe('parsePathPattern', () => {
  it.each([
    ['/servers/:id', '/servers/7', { id: '7' }],
    ['/servers/:id', '/servers/a%20b', { id: 'a b' }],
    ['/servers/:id', '/servers/%zz', { id: '%zz' }],
    ['/servers/:id', '/servers', undefined],
    ['/servers/:id', '/servers/7/queues', undefined],
    ['/servers/*', '/servers/7', {}],
    ['/servers/**', '/servers/7/queues', {}],
    ['/servers/**', '/servers', {}],
    ['/servers/**', '/policies', undefined],
    ['**', '/', {}],
  ])('%s against %s gives %o', (pattern, path, expected) => {
    expect(parsePathPattern(pattern).match(path)).toEqual(expected);
  });
});

describe('createRouter', () => {
  const route = (method: string, path: string) => ({
    method,
    path,
    answer: () => emptyResponse(204),
  });
  const router = createRouter([route('POST', '/servers/:id'), route('POST', '/servers/batch')]);

  it('prefers a fixed segment to a hole', () => {
    expect(router.find('POST', '/servers/batch')?.route.path).toBe('/servers/batch');
    expect(router.find('POST', '/servers/12')?.params).toEqual({ id: '12' });
  });

  it('knows which methods a path has', () => {
    expect(router.find('GET', '/servers/12')).toBeUndefined();
    expect(router.methodsOf('/servers/12')).toEqual(['POST']);
    expect(router.methodsOf('/nowhere')).toEqual([]);
  });
});
