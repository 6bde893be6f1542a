import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropJsonSchemas } from '../../infra/lean-zod.ts';

const source = `
  import * as z from '${resolve('node_modules/zod')}';
  const Shape = z.strictObject({
    id: z.union([z.int().positive(), z.bigint()]),
    tags: z.array(z.string().regex(/^[a-z]+$/)).min(1).describe('Tags.'),
    when: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('now') }),
      z.strictObject({ kind: z.literal('at'), time: z.iso.datetime().optional() }),
    ]).default({ kind: 'now' }),
    more: z.record(z.string(), z.json()).exactOptional(),
  });
  export const check = (value) => {
    const { success, data, error } = z.safeParse(Shape, value);
    return success ? data : error.issues.map(({ path, message }) => path.join('.') + ': ' + message);
  };
`;

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-zod-'));
  file = join(folder, 'bundle.mjs');
  await writeFile(join(folder, 'source.mjs'), source);
  await build({
    entryPoints: [join(folder, 'source.mjs')],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [dropJsonSchemas],
  });
});
afterAll(() => rm(folder, { recursive: true }));

describe('a bundle without JSON Schema', () => {
  it('checks values, defaults and errors included', async () => {
    const { check } = (await import(pathToFileURL(file).href)) as {
      check: (value: unknown) => unknown;
    };
    expect(check({ id: 1, tags: ['a'], more: { a: [1, null] } })).toEqual({
      id: 1,
      tags: ['a'],
      when: { kind: 'now' },
      more: { a: [1, null] },
    });
    expect(check({ id: 1, tags: ['A'], when: { kind: 'at', time: 'soon' }, extra: 1 })).toEqual([
      'tags.0: Invalid string: must match pattern /^[a-z]+$/',
      'when.time: Invalid ISO datetime',
      ': Unrecognized key: "extra"',
    ]);
  });

  it('holds nothing that makes one', async () => {
    const code = await readFile(file, 'utf8');
    expect(code.includes('additionalProperties')).toBe(false);
  });
});
