import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundles, bundleFunctions, WORKER_BYTES_MAX } from '../../infra/bundle-functions.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { listProviders } from '../../shared/providers/registry.ts';
import { accountOf } from '../support/sample-accounts.ts';

const providers = listProviders();

let folder: string;
let bundles: Bundles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-workers-'));
  const accounts = Object.fromEntries(providers.map(({ name }) => [name, accountOf(name)]));
  bundles = await bundleFunctions({ config: parseConfig({ accounts }), outFolder: folder });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe.each(providers)("the bundle of $name's worker", ({ name: provider }) => {
  const bundle = () => bundles.get(`worker-${provider}`);

  it('is within the limit', () => {
    expect(bundle()?.bytes).toBeLessThanOrEqual(WORKER_BYTES_MAX);
  });

  it('holds its own job types, and those of no other vendor', async () => {
    const code = await readFile(join(bundle()?.folder ?? '', 'index.mjs'), 'utf8');
    const held = providers.filter(({ jobTypes }) =>
      jobTypes.some(({ type }) => code.includes(`"${type}"`) || code.includes(`\`${type}\``)),
    );
    expect(held.map(({ name }) => name)).toEqual([provider]);
  });
});
