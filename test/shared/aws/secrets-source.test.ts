import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretsManagerClient } from '../../../shared/aws/clients.ts';
import { createSecretsSource } from '../../../shared/aws/secrets-source.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

const open = () => {
  const client = createSecretsManagerClient(aws.clientOptions);
  return { client, source: createSecretsSource({ client }) };
};

const missing = (id: string) => ({
  code: 'account.secret-missing',
  message: expect.stringMatching(new RegExp(`${id} .*put-secret-value --secret-id ${id}`)),
});

describe('secrets source', () => {
  it('gives the current value with its version, and does not show it', async () => {
    const { client, source } = open();
    const SecretId = 'sluice/accounts/acme';
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'first' }));
    const first = await source.getSecret(SecretId);
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'second' }));
    const second = await source.getSecret(SecretId);
    expect([first.value.reveal(), second.value.reveal()]).toEqual(['first', 'second']);
    expect(second.versionId).not.toBe(first.versionId);
    expect(JSON.stringify(second)).not.toContain('second');
  });

  it('names a secret that does not exist and says how to fill it', async () => {
    await expect(open().source.getSecret('none')).rejects.toMatchObject(missing('none'));
  });

  it('says the same of a secret that was created and never filled', async () => {
    const { client, source } = open();
    await client.send(new CreateSecretCommand({ Name: 'empty' }));
    await expect(source.getSecret('empty')).rejects.toMatchObject(missing('empty'));
  });

  it('says the same of a secret that is marked for deletion, and of one without text', async () => {
    const { client, source } = open();
    await client.send(new CreateSecretCommand({ Name: 'going', SecretString: 'x' }));
    await client.send(new DeleteSecretCommand({ SecretId: 'going' }));
    await expect(source.getSecret('going')).rejects.toMatchObject(missing('going'));
    await client.send(new CreateSecretCommand({ Name: 'raw', SecretBinary: new Uint8Array([1]) }));
    await expect(source.getSecret('raw')).rejects.toMatchObject(missing('raw'));
  });

  it('throws store.unavailable where Secrets Manager does not answer', async () => {
    aws.faults.inject({ service: 'secretsmanager', fault: { kind: 'throttle' } });
    const failure = { code: 'store.unavailable', message: expect.stringContaining('acme') };
    await expect(open().source.getSecret('acme')).rejects.toMatchObject(failure);
  });
});
