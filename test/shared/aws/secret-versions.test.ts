import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretsManagerClient } from '../../../shared/aws/clients.ts';
import { createSecretVersions } from '../../../shared/aws/secret-versions.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

const open = () => {
  const client = createSecretsManagerClient(aws.clientOptions);
  return { client, versions: createSecretVersions({ client }) };
};

describe('secret versions', () => {
  it('tell when the current value was put, and ask for no value', async () => {
    const { client, versions } = open();
    const before = Date.now();
    await client.send(new CreateSecretCommand({ Name: 'sluice/a', SecretString: 'first' }));
    await client.send(new PutSecretValueCommand({ SecretId: 'sluice/a', SecretString: 'second' }));
    const asked = aws.calls.length;
    const createdAtMs = await versions.findCurrentCreatedAtMs('sluice/a');
    expect(createdAtMs).toBeGreaterThanOrEqual(Math.floor(before / 1_000) * 1_000);
    expect(createdAtMs).toBeLessThanOrEqual(Date.now());
    expect(aws.calls.slice(asked).map(({ operation }) => operation)).toEqual([
      'ListSecretVersionIds',
    ]);
  });

  it('tell nothing of a secret without a value, or of none', async () => {
    const { client, versions } = open();
    await client.send(new CreateSecretCommand({ Name: 'sluice/empty' }));
    expect(await versions.findCurrentCreatedAtMs('sluice/empty')).toBeUndefined();
    expect(await versions.findCurrentCreatedAtMs('sluice/none')).toBeUndefined();
  });

  it('throw store.unavailable where Secrets Manager does not answer', async () => {
    const { versions } = open();
    aws.faults.inject({ service: 'secretsmanager', fault: { kind: 'throttle' } });
    await expect(versions.findCurrentCreatedAtMs('sluice/a')).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  });
});
