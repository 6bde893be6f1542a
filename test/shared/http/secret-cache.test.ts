import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecretCache, type SecretVersion } from '../../../shared/http/secret-cache.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createManualClock } from './manual-clock.ts';

/** A store whose versions a test rotates, and that counts what it was asked. */
function createStore() {
  const versions = new Map<string, number>();
  const asked: string[] = [];
  let failure: Error | undefined;
  return {
    asked,
    rotate: (id: string): void => void versions.set(id, (versions.get(id) ?? 1) + 1),
    failWith: (error: Error | undefined): void => {
      failure = error;
    },
    getSecret: async (id: string): Promise<SecretVersion> => {
      asked.push(id);
      if (failure !== undefined) throw failure;
      const version = versions.get(id) ?? 1;
      return { versionId: `v${version}`, value: new Secret(`${id}-key-${version}`) };
    },
  };
}

function createSubject() {
  const store = createStore();
  const clock = createManualClock();
  return { store, clock, cache: createSecretCache({ source: store, clock }) };
}

describe('S11 a cached secret', () => {
  it('is asked for once in five minutes, and again after', async () => {
    const { store, clock, cache } = createSubject();
    await cache.get('acme');
    store.rotate('acme');
    clock.advance(minutes(5) - 1);
    expect((await cache.get('acme')).versionId).toBe('v1');
    clock.advance(1);
    expect((await cache.get('acme')).versionId).toBe('v2');
    expect(store.asked).toEqual(['acme', 'acme']);
  });

  it('is asked for again when the clock stepped back', async () => {
    const { store, clock, cache } = createSubject();
    await cache.get('acme');
    clock.advance(-1);
    await cache.get('acme');
    expect(store.asked).toHaveLength(2);
  });

  it('is asked for once by many at the same time, per id', async () => {
    const { store, cache } = createSubject();
    const ids = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? 'acme' : 'globex'));
    const found = await Promise.all(ids.map((id) => cache.get(id)));
    expect(found.map(({ value }) => value.reveal())).toEqual(ids.map((id) => `${id}-key-1`));
    expect(store.asked).toEqual(['acme', 'globex']);
  });

  it('is asked for again after a failure, which all waiters share', async () => {
    const { store, cache } = createSubject();
    store.failWith(new Error('store away'));
    const results = await Promise.allSettled([cache.get('acme'), cache.get('acme')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(store.asked).toHaveLength(1);
    store.failWith(undefined);
    expect((await cache.get('acme')).versionId).toBe('v1');
  });

  it('recovers from a source that throws before it returns a promise', async () => {
    const clock = createManualClock();
    let calls = 0;
    const source = {
      getSecret: (): Promise<SecretVersion> => {
        calls += 1;
        if (calls === 1) throw new Error('not configured');
        return Promise.resolve({ versionId: 'v1', value: new Secret('k') });
      },
    };
    const cache = createSecretCache({ source, clock });
    await expect(cache.get('acme')).rejects.toThrow('not configured');
    expect((await cache.get('acme')).versionId).toBe('v1');
  });

  it('does not print', async () => {
    const { cache } = createSubject();
    expect(inspect(await cache.get('acme'), { showHidden: true })).not.toContain('acme-key');
  });
});

describe('S11 a refused secret', () => {
  it('is renewed when a newer version is there', async () => {
    const { store, cache } = createSubject();
    const { versionId } = await cache.get('acme');
    store.rotate('acme');
    const refreshed = await cache.refresh('acme', versionId);
    expect(refreshed).toMatchObject({ versionId: 'v2', renewed: true });
    expect(await cache.get('acme')).toMatchObject({ versionId: 'v2' });
    expect(store.asked).toHaveLength(2);
  });

  it('is not renewed when the store has no other version', async () => {
    const { store, cache } = createSubject();
    const { versionId } = await cache.get('acme');
    expect(await cache.refresh('acme', versionId)).toMatchObject({ versionId, renewed: false });
    expect(store.asked).toHaveLength(2);
  });

  it('is asked for once when many calls are refused together', async () => {
    const { store, cache } = createSubject();
    const { versionId } = await cache.get('acme');
    store.rotate('acme');
    await Promise.all(Array.from({ length: 20 }, () => cache.refresh('acme', versionId)));
    const late = await cache.refresh('acme', versionId);
    expect(late).toMatchObject({ versionId: 'v2', renewed: true });
    expect(store.asked).toHaveLength(2);
  });
});

describe('S11 the cache', () => {
  it('refuses to keep a secret for longer than five minutes', () => {
    const { store, clock } = createSubject();
    const create = () => createSecretCache({ source: store, clock, ttlMs: minutes(5) + 1 });
    expect(create).toThrow('five minutes');
  });
});
