import { describe, expect, it } from 'vitest';
import { createTokenCache, type Token } from '../../../shared/http/token-cache.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createManualClock } from './manual-clock.ts';

function createSubject() {
  const clock = createManualClock();
  const cache = createTokenCache({ clock });
  let exchanges = 0;
  const exchange = (lifeMs: number) => async (): Promise<Token> => {
    exchanges += 1;
    return { value: new Secret(`token-${exchanges}`), lifeMs };
  };
  const ensure = async (lifeMs: number): Promise<string> =>
    (await cache.ensure('key', exchange(lifeMs))).reveal();
  return { clock, cache, exchange, ensure };
}

describe('a token cache', () => {
  it.each([
    [7_199_000, 7_139_000],
    [120_000, 60_000],
    [60_000, 30_000],
    [30_000, 15_000],
  ])('keeps a token of %i ms for %i ms', async (lifeMs, keptMs) => {
    const { clock, cache, ensure } = createSubject();
    await ensure(lifeMs);
    clock.advance(keptMs - 1);
    expect(cache.find('key')?.reveal()).toBe('token-1');
    clock.advance(1);
    expect(cache.find('key')).toBeUndefined();
    expect(await ensure(lifeMs)).toBe('token-2');
  });

  it('gives a token without any life to the one call that asked for it', async () => {
    const { cache, ensure } = createSubject();
    expect(await ensure(0)).toBe('token-1');
    expect(cache.find('key')).toBeUndefined();
  });

  it('makes one exchange of several that ask at once', async () => {
    const { ensure } = createSubject();
    const tokens = await Promise.all([ensure(90_000), ensure(90_000), ensure(90_000)]);
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1']);
  });

  it('lets the next one try where an exchange failed', async () => {
    const { cache, ensure } = createSubject();
    const failing = cache.ensure('key', async () => {
      throw new Error('refused');
    });
    const other = ensure(90_000);
    await expect(failing).rejects.toThrow('refused');
    expect(await other).toBe('token-1');
  });

  it('forgets a refused token, and only that one', async () => {
    const { cache, exchange } = createSubject();
    const first = await cache.ensure('key', exchange(90_000));
    cache.drop('key', new Secret('token-1'));
    expect(cache.find('key')).toBe(first);
    cache.drop('key', first);
    expect(cache.find('key')).toBeUndefined();
  });
});
