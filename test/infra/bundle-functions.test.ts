import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/bundle-functions.ts';
import { functionEntries } from '../../infra/function-contracts.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';

const config = parseConfig({ accounts: { acme: { provider: 'automox', organizationId: 1 } } });
const entries = functionEntries(config);
const names = entries.map(({ name }) => name);

/** Needs `require`, as CommonJS dependencies do, and an error that is known by its name. */
const plainHandler = `
  declare const require: (id: string) => { sep: string };
  class GreetingRefused extends Error {
    override readonly name = 'GreetingRefused';
  }
  export const handler = async (): Promise<string> =>
    new GreetingRefused().name + require('node:path').sep;
`;

let folder: string;
const functionsFolder = () => join(folder, 'functions');
const outFolder = () => join(folder, 'out');
const bundle = () =>
  bundleFunctions({ config, functionsFolder: functionsFolder(), outFolder: outFolder() });

async function writeHandler(file: string, source: string): Promise<void> {
  await mkdir(join(functionsFolder(), dirname(file)), { recursive: true });
  await writeFile(join(functionsFolder(), file), source);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-bundle-'));
  for (const { file } of entries) await writeHandler(file, plainHandler);
});
afterEach(() => rm(folder, { recursive: true }));

describe('bundleFunctions', () => {
  it('makes a module of each function that Lambda can run, error names and require included', async () => {
    const bundles = await bundle();
    for (const name of names) {
      const file = pathToFileURL(join(bundles.get(name)?.folder ?? '', 'index.mjs')).href;
      const module: { handler: () => Promise<string> } = await import(file);
      expect(await module.handler()).toBe('GreetingRefused/');
    }
  });

  it('puts the config and a source map without sources beside the code', async () => {
    const { folder: api = '' } = (await bundle()).get('api') ?? {};
    expect((await readdir(api)).sort()).toEqual([
      'index.mjs',
      'index.mjs.map',
      'sluice.config.json',
    ]);
    const [code, map, text] = await Promise.all(
      ['index.mjs', 'index.mjs.map', 'sluice.config.json'].map((name) =>
        readFile(join(api, name), 'utf8'),
      ),
    );
    expect(code).toMatch(/sourceMappingURL=index\.mjs\.map/);
    expect(JSON.parse(map ?? '')).not.toHaveProperty('sourcesContent');
    expect(JSON.parse(text ?? '')).toEqual(config);
  });

  it('says how large each is', async () => {
    const api = (await bundle()).get('api');
    const code = await readFile(join(api?.folder ?? '', 'index.mjs'));
    expect(api?.bytes).toBe(code.byteLength);
    expect(api?.gzipBytes).toBeLessThan(code.byteLength);
  });

  it('leaves nothing of a former bundle', async () => {
    await mkdir(join(outFolder(), 'forgotten'), { recursive: true });
    await bundle();
    expect((await readdir(outFolder())).sort()).toEqual([...names].sort());
  });

  it('names every handler that is missing', async () => {
    await rm(join(functionsFolder(), 'api'), { recursive: true });
    await rm(join(functionsFolder(), 'worker'), { recursive: true });
    await expect(bundle()).rejects.toThrow(
      /handlers are missing: .*api\/handler\.ts, .*worker\/handler-automox\.ts$/,
    );
  });

  it.each([
    [600_000, true],
    [675_000, false],
  ])('takes a worker with %i bytes of text: %s', async (length, fits) => {
    await writeHandler(
      'worker/handler-automox.ts',
      `export const handler = async () => '${'x'.repeat(length)}';`,
    );
    const bundled = bundle().then(
      () => true,
      (error: Error) =>
        !/bundle of worker-automox has \d+ bytes, 675000 are allowed/.test(error.message),
    );
    expect(await bundled).toBe(fits);
  });
});
