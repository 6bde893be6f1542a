import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildUrl, followLink } from '../../../shared/http/vendor-url.ts';

const base = 'https://console.example.com/api';

describe('S8 the URL of a vendor call', () => {
  it('is the base, the filled path and the query, in order', () => {
    const url = buildUrl({
      base: `${base}/`,
      path: '/orgs/{org}/servers/{id}/queues',
      params: { org: 'a:b@c', id: 9_007_199_254_740_993n },
      query: { o: 7, page: 0, tag: ['a b', 'c+d'], connected: true, groupId: undefined },
    });
    expect(url.href).toBe(
      `${base}/orgs/a%3Ab%40c/servers/9007199254740993/queues` +
        '?o=7&page=0&tag=a%20b&tag=c%2Bd&connected=true',
    );
  });

  it.each([
    ['empty', ''],
    ['a parent segment', '..'],
    ['this segment', '.'],
    ['dots within', 'a..b'],
    ['a slash', '1/2'],
    ['a climb', '../orgs'],
    ['a backslash', '1\\2'],
    ['an encoded slash', '1%2f2'],
    ['an encoded climb', '%2e%2e'],
    ['a query', '1?o=2'],
    ['a fragment', '1#x'],
    ['a line break', '1\n2'],
    ['a NUL', '1\u0000'],
    ['a C1 control', '1\u0085'],
    ['a space', '1 2'],
    ['half a surrogate pair', '\ud800'],
    ['too long', 'x'.repeat(257)],
  ])('is refused for a parameter that is %s', (_name, id) => {
    const build = (): URL => buildUrl({ base, path: '/servers/{id}', params: { id } });
    expect(build).toThrow(
      expect.objectContaining({
        code: 'job.refused',
        fields: [{ field: 'id', problem: expect.any(String) }],
      }),
    );
  });

  it('stays in its one segment for any parameter and any query, or is refused', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'f', 'e', '?', '#', '@', ':') }),
    );
    fc.assert(
      fc.property(text, text, (id, value) => {
        try {
          const url = buildUrl({ base, path: '/servers/{id}', params: { id }, query: { value } });
          const segments = url.pathname.split('/');
          expect(url.origin).toBe('https://console.example.com');
          expect(segments).toHaveLength(4);
          expect(decodeURIComponent(segments[3] ?? '')).toBe(id);
          expect([...url.searchParams]).toEqual([['value', value.toWellFormed()]]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'job.refused' });
        }
      }),
      { seed: 7, numRuns: 1_000 },
    );
  });

  it.each([
    ['http://console.example.com/api', false],
    ['http://console.example.com/api', true],
    ['http://127.0.0.1:4570/api', false],
    ['http://127.0.0.1.example.com/api', true],
    ['ftp://127.0.0.1/api', true],
    ['https://user:pass@console.example.com/api', false],
    ['https://console.example.com/api?key=1', false],
  ])('is refused for the base %s with loopback allowed: %s', (wrong, loopbackAllowed) => {
    expect(() => buildUrl({ base: wrong, path: '/orgs', loopbackAllowed })).toThrow(/base URL/);
  });

  it.each(['http://127.0.0.1:4570/api', 'http://localhost:4570/api', 'http://[::1]:4570/api'])(
    'is built for the base %s where loopback is allowed',
    (loopback) => {
      expect(buildUrl({ base: loopback, path: '/orgs', loopbackAllowed: true }).href).toBe(
        `${loopback}/orgs`,
      );
    },
  );

  it.each([
    ['/servers/{id}', {}],
    ['/servers', { id: 1 }],
    ['servers', {}],
    ['/servers?o=1', {}],
    ['/../orgs', {}],
  ])('is a defect for the template %s with %o', (path, params) => {
    expect(() => buildUrl({ base, path, params })).toThrow(
      expect.objectContaining({ name: 'InvariantViolation' }),
    );
  });
});

describe('S9 a link to follow', () => {
  it.each([
    [`${base}/servers?page=2`, `${base}/servers?page=2`],
    ['/api/servers?page=2', `${base}/servers?page=2`],
  ])('%s is followed', (link, href) => {
    expect(followLink(base, link).href).toBe(href);
  });

  it.each([
    'https://evil.example.com/api/servers',
    '//evil.example.com/api/servers',
    'http://console.example.com/api/servers',
    'https://console.example.com:8443/api/servers',
    'https://x:y@console.example.com/api/servers',
    '/admin',
    '/api/../admin',
    'javascript:alert(1)',
    'https://',
  ])('%s is refused', (link) => {
    expect(() => followLink(base, link)).toThrow(
      expect.objectContaining({ code: 'provider.malformed-answer' }),
    );
  });
});
