import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as S from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import {
  createSecretsManager,
  type SecretsManagerOptions,
} from '../../../../local/emulators/secrets-manager/secrets-manager.ts';
import { clientOptions } from '../endpoint/client-options.ts';

const NAME = 'sluice/automox/acme';

let endpoint: Endpoint;
let client: S.SecretsManagerClient;

async function start(options: SecretsManagerOptions = {}): Promise<void> {
  endpoint = await startEndpoint({ services: [createSecretsManager(options)] });
  client = new S.SecretsManagerClient(clientOptions(endpoint.url));
}

beforeEach(() => start());
afterEach(() => endpoint.close());

const create = (value?: string) =>
  client.send(
    new S.CreateSecretCommand({ Name: NAME, ...(value !== undefined && { SecretString: value }) }),
  );
const put = (value: string, more: Partial<S.PutSecretValueCommandInput> = {}) =>
  client.send(new S.PutSecretValueCommand({ SecretId: NAME, SecretString: value, ...more }));
const read = async (more: Partial<S.GetSecretValueCommandInput> = {}) =>
  (await client.send(new S.GetSecretValueCommand({ SecretId: NAME, ...more }))).SecretString;

describe('a secret', () => {
  it('is found by name, ARN, and ARN without its random suffix', async () => {
    const { ARN = '' } = await create('one');

    const found = await Promise.all(
      [NAME, ARN, ARN.slice(0, -7)].map((SecretId) => read({ SecretId })),
    );

    expect(found).toEqual(['one', 'one', 'one']);
  });

  it('has no value until one is put', async () => {
    await create();

    await expect(read()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('staging label: AWSCURRENT'),
    });
    await put('first');
    expect(await read()).toBe('first');
  });

  it('is made once', async () => {
    await create('one');

    await expect(create('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect(await read()).toBe('one');
  });

  it('holds bytes as they came', async () => {
    const SecretBinary = new Uint8Array([0, 1, 255]);
    await client.send(new S.CreateSecretCommand({ Name: NAME, SecretBinary }));

    const value = await client.send(new S.GetSecretValueCommand({ SecretId: NAME }));

    expect(value.SecretBinary).toEqual(SecretBinary);
    expect(value.SecretString).toBeUndefined();
  });
});

describe('a new value', () => {
  it('becomes current, the one before it previous, and the one before that none', async () => {
    const { VersionId = '' } = await create('one');
    await put('two');
    await put('three');

    const { VersionIdsToStages } = await client.send(
      new S.DescribeSecretCommand({ SecretId: NAME }),
    );

    expect(await read()).toBe('three');
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('two');
    expect(await read({ VersionId })).toBe('one');
    expect(
      Object.values(VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('waits as pending until a rotation promotes it', async () => {
    const { VersionId: before = '' } = await create('one');
    const { VersionId: pending = '' } = await put('two', { VersionStages: ['AWSPENDING'] });
    const promote = (more: object) =>
      client.send(
        new S.UpdateSecretVersionStageCommand({
          SecretId: NAME,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: pending,
          ...more,
        }),
      );

    expect(await read()).toBe('one');
    await expect(promote({})).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await promote({ RemoveFromVersionId: before });
    expect(await read()).toBe('two');
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('one');
  });

  it('is put once for one token', async () => {
    await create('one');
    const ClientRequestToken = 't'.repeat(36);

    const first = await put('two', { ClientRequestToken });
    const again = await put('two', { ClientRequestToken });

    expect(again.VersionId).toBe(first.VersionId);
    await expect(put('three', { ClientRequestToken })).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
  });
});

describe('a deleted secret', () => {
  const remove = (more: object = {}) =>
    client.send(new S.DeleteSecretCommand({ SecretId: NAME, ...more }));

  it('cannot be read until it is restored', async () => {
    await create('one');
    await remove();

    await expect(read()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await client.send(new S.RestoreSecretCommand({ SecretId: NAME }));
    expect(await read()).toBe('one');
  });

  it('is gone at once when forced', async () => {
    await create('one');
    await remove({ ForceDeleteWithoutRecovery: true });

    await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('ListSecrets', () => {
  it('filters by prefix and gives pages', async () => {
    for (const Name of ['a/1', 'a/2', 'b/1']) {
      await client.send(new S.CreateSecretCommand({ Name, SecretString: 'x' }));
    }
    const list = (more: Partial<S.ListSecretsCommandInput>) =>
      client.send(
        new S.ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['a/'] }], ...more }),
      );

    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });

    expect(first.SecretList?.map(({ Name }) => Name)).toEqual(['a/1']);
    expect(second.SecretList?.map(({ Name }) => Name)).toEqual(['a/2']);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('a data directory', () => {
  it('keeps values between runs in a file that only its owner reads', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sluice-secrets-'));
    await endpoint.close();
    await start({ directory });
    await create('one');
    await endpoint.close();
    await start({ directory });

    expect(await read()).toBe('one');
    const file = join(directory, 'secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(1);
    await rm(directory, { recursive: true });
  });
});
