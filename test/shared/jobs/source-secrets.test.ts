import { describe, expect, it } from 'vitest';
import { createSourceSecrets } from '../../../shared/jobs/source-secrets.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createMemorySecretKeeper } from '../../support/memory/memory-secret-keeper.ts';

const value = { secret: new Secret('new'), previous: new Secret('old'), webhookId: 'wh-1' };

function setUp({ observing = false, managed = ['patching'] } = {}) {
  const keeper = createMemorySecretKeeper();
  return { keeper, secrets: createSourceSecrets({ keeper, account: 'acme', managed, observing }) };
}

describe('the secrets of the sources that an account manages', () => {
  it('are kept where the webhook function looks, as it reads them', async () => {
    const { keeper, secrets } = setUp();
    expect(await secrets.find('patching')).toBeUndefined();
    await secrets.keep('patching', value);
    expect(keeper.kept).toEqual([
      {
        secretId: 'sluice/webhooks/patching',
        text: '{"secret":"new","previous":"old","webhookId":"wh-1"}',
      },
    ]);
    const found = await secrets.find('patching');
    expect([found?.secret.reveal(), found?.previous?.reveal()]).toEqual(['new', 'old']);
    expect(found?.webhookId).toBe('wh-1');
  });

  it.each(['tagging', '../accounts/acme', ''])(
    'do not hold %j, which is refused',
    async (source) => {
      const { keeper, secrets } = setUp();
      const refusal = {
        code: 'job.refused',
        fields: [{ field: 'params.source', problem: expect.stringMatching(/managedBy to "acme"/) }],
      };
      await expect(secrets.find(source)).rejects.toMatchObject(refusal);
      await expect(secrets.keep(source, value)).rejects.toMatchObject(refusal);
      expect(keeper.kept).toEqual([]);
    },
  );

  it('are not written for a job that observes', async () => {
    const { keeper, secrets } = setUp({ observing: true });
    await expect(secrets.keep('patching', value)).rejects.toThrow(/keeps no secret/);
    expect(keeper.kept).toEqual([]);
  });

  it('are refused where what is there is no secret of a source, without its text', async () => {
    const { keeper, secrets } = setUp();
    await keeper.keep('sluice/webhooks/patching', new Secret('canary'));
    const finding = secrets.find('patching');
    await expect(finding).rejects.toMatchObject({ code: 'account.secret-invalid' });
    await expect(finding).rejects.not.toThrow('canary');
  });
});
