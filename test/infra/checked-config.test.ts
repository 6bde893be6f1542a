import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configFile, loadCheckedConfig, withPrefix } from '../../infra/checked-config.ts';

const accounts = { acme: { provider: 'automox', organizationId: 1 } };
const schedules = (job: object) => ({ nightly: { when: 'rate(1 day)', job } });

let folder: string;
const load = async (config: object) => {
  const file = join(folder, 'sluice.config.json');
  await writeFile(file, JSON.stringify(config));
  return loadCheckedConfig(file);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('loadCheckedConfig', () => {
  it('gives the config whose schedules hold jobs', async () => {
    const job = { type: 'automox.servers.query', account: 'acme', params: {} };
    const config = await load({ accounts, schedules: schedules(job) });
    expect(config.schedules['nightly']).toMatchObject({ job, timeZone: 'UTC', enabled: true });
  });

  it('names the schedule whose job is of no type there is', async () => {
    const job = { type: 'automox.servers.paint', account: 'acme' };
    await expect(load({ accounts, schedules: schedules(job) })).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining('schedules.nightly.job'),
    });
  });
});

describe('configFile', () => {
  it('is the named file, else the one of SLUICE_CONFIG, else the project’s own', () => {
    vi.stubEnv('SLUICE_CONFIG', undefined);
    expect(configFile(undefined)).toBe('sluice.config.ts');
    vi.stubEnv('SLUICE_CONFIG', 'other.json');
    expect(configFile(undefined)).toBe('other.json');
    expect(configFile('named.json')).toBe('named.json');
  });
});

describe('withPrefix', () => {
  it('names the deployment anew, and refuses what cannot begin a name', async () => {
    const config = await load({ accounts });
    expect(withPrefix(config, undefined)).toBe(config);
    expect(withPrefix(config, 'sluice-eu')).toEqual({ ...config, prefix: 'sluice-eu' });
    expect(() => withPrefix(config, 'Sluice!')).toThrow('prefix');
  });
});
