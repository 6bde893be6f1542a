import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { parseConfig } from '../../../shared/config/sluice-config.ts';
import { sampleConfig } from './sample-config.ts';

const value = JSON.stringify(sampleConfig());
const wrong = JSON.stringify({ accounts: { acme: { provider: 'automox' } }, budgts: {} });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('loadConfig', () => {
  it.each([
    ['good.json', value],
    ['good.mjs', `export default ${value};`],
    ['good.ts', `const config: object = ${value};\nexport default config;`],
  ])('loads %s', async (name, text) => {
    expect(await loadConfig(await write(name, text))).toEqual(parseConfig(sampleConfig()));
  });

  it.each([
    ['wrong.json', wrong],
    ['wrong.mjs', `export default ${wrong};`],
    ['wrong.ts', `export default ${wrong} as object;`],
  ])('names file and fields where %s is wrong', async (name, text) => {
    const file = await write(name, text);
    await expect(loadConfig(file)).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining(`${file}: `),
      fields: [{ field: 'accounts.acme.organizationId' }, { field: 'budgts' }],
    });
  });

  it.each([
    ['broken.json', '{'],
    ['broken.mjs', 'export default {'],
    ['throws.mjs', 'throw new Error("no config today");'],
    ['throws-text.mjs', 'throw "no config today";'],
    ['empty.mjs', ''],
  ])('names the file where %s cannot be read', async (name, text) => {
    const file = await write(name, text);
    await expect(loadConfig(file)).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining(`${file}: `),
    });
  });

  it('names a file that is not there', async () => {
    await expect(loadConfig(join(folder, 'none.json'))).rejects.toThrow(/none\.json: ENOENT/);
  });
});
