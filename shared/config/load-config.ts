import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SluiceError } from '../errors/sluice-error.ts';
import { parseConfig, type SluiceConfig } from './sluice-config.ts';

/**
 * Loads a `.ts`, `.mjs` or `.json` config file and checks it.
 * Throws `request.invalid` naming the file, and every wrong field.
 */
export async function loadConfig(file: string): Promise<SluiceConfig> {
  const path = resolve(file);
  try {
    if (extname(path) === '.json') return parseConfig(JSON.parse(await readFile(path, 'utf8')));
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return parseConfig(module.default);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fields = error instanceof SluiceError ? error.fields : [];
    throw new SluiceError('request.invalid', `${file}: ${reason}`, { cause: error, fields });
  }
}
