import {
  CreateSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretsManagerClient } from '../../../shared/aws/clients.ts';
import { createSecretKeeper } from '../../../shared/aws/secret-keeper.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { describeSecretKeeper } from '../../contracts/secret-keeper.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';

const ID = 'sluice/webhooks/patching';
let aws: EmulatedAws;
beforeEach(async () => {
  aws = await startEmulatedAws();
});
afterEach(() => aws.close());

async function open(deployed: readonly string[] = [ID], options = aws.clientOptions) {
  const client = createSecretsManagerClient(options);
  for (const Name of deployed) await client.send(new CreateSecretCommand({ Name }));
  return { client, keeper: createSecretKeeper({ client }) };
}

describeSecretKeeper('AWS secret keeper', async (deployed) => (await open(deployed)).keeper);

describe('a secret that is kept on AWS', () => {
  it('becomes one version where the answer to its write was lost', async () => {
    const { client, keeper } = await open([ID], aws.repeatingClientOptions);
    aws.faults.inject({ service: 'secretsmanager', fault: { kind: 'answer-lost' } });
    await keeper.keep(ID, new Secret('issued'));
    const listed = await client.send(new ListSecretVersionIdsCommand({ SecretId: ID }));
    expect(listed.Versions).toHaveLength(1);
    expect((await keeper.find(ID))?.reveal()).toBe('issued');
  });

  it('is found where a person put it', async () => {
    const { client, keeper } = await open();
    await client.send(new PutSecretValueCommand({ SecretId: ID, SecretString: 'by hand' }));
    expect((await keeper.find(ID))?.reveal()).toBe('by hand');
  });

  it('is not taken for kept where Secrets Manager is throttled', async () => {
    const { keeper } = await open();
    aws.faults.inject({ service: 'secretsmanager', fault: { kind: 'throttle' } });
    const keeping = keeper.keep(ID, new Secret('canary'));
    await expect(keeping).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining(ID),
    });
    await expect(keeping).rejects.not.toThrow('canary');
  });
});
