import { describe, expect, it } from 'vitest';
import type { SecretKeeper } from '../../shared/jobs/ports.ts';
import { Secret } from '../../shared/kernel/secret.ts';

const ID = 'sluice/webhooks/patching';
const OTHER = 'sluice/webhooks/other';

/** What every SecretKeeper does; both secrets are deployed, and neither has a value. */
export function describeSecretKeeper(
  name: string,
  openKeeper: (deployed: readonly string[]) => Promise<SecretKeeper>,
): void {
  const open = () => openKeeper([ID, OTHER]);

  describe(`${name}: keep and find`, () => {
    it('finds nothing in a secret without a value, nor in one that is not deployed', async () => {
      const keeper = await open();
      expect(await keeper.find(ID)).toBeUndefined();
      expect(await keeper.find('sluice/webhooks/absent')).toBeUndefined();
    });

    it('finds what was kept last, exactly, and in no other secret', async () => {
      const keeper = await open();
      await keeper.keep(ID, new Secret('{"secret":"first"}'));
      await keeper.keep(ID, new Secret('{"secret":"zwölf – ✓"}'));
      expect((await keeper.find(ID))?.reveal()).toBe('{"secret":"zwölf – ✓"}');
      expect(await keeper.find(OTHER)).toBeUndefined();
    });

    it('keeps the same value a second time', async () => {
      const keeper = await open();
      for (const _ of [1, 2]) await keeper.keep(ID, new Secret('same'));
      expect((await keeper.find(ID))?.reveal()).toBe('same');
    });

    it('does not show what it found', async () => {
      const keeper = await open();
      await keeper.keep(ID, new Secret('canary'));
      const found = await keeper.find(ID);
      expect(`${found} ${JSON.stringify({ found })}`).not.toContain('canary');
    });

    it('says which secret is not deployed, and nothing of the value', async () => {
      const keeping = (await open()).keep('sluice/webhooks/absent', new Secret('canary'));
      await expect(keeping).rejects.toMatchObject({
        code: 'account.secret-missing',
        message: expect.stringContaining('sluice/webhooks/absent'),
      });
      await expect(keeping).rejects.not.toThrow('canary');
    });
  });
}
