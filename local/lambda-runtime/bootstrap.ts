/**
 * The first code of a Lambda-like process: shuts the network but for what is declared, loads the
 * bundled handler and serves invocations. Started by `startBundledEnvironment`.
 *
 * Arguments: the folder of the bundle, the hosts that the function may reach as JSON.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allowOnly } from './network-guard.ts';
import { createRuntimeClient, type Handler } from './runtime-client.ts';
import { mountTaskRoot } from './task-root.ts';

const [folder = '', hosts = '[]'] = process.argv.slice(2);
const address = process.env['AWS_LAMBDA_RUNTIME_API'] ?? '';

/** Ctrl-C reaches every process of the terminal: what runs may end, and the host then ends this one. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

mountTaskRoot(folder);
allowOnly(new Set([address, ...(JSON.parse(hosts) as string[])]));
const client = createRuntimeClient(address);
await client.serve(await loadHandler(process.env['_HANDLER'] ?? '').catch(leave));

/** `index.handler` is the export `handler` of `index.mjs`, else of `index.js`. */
async function loadHandler(name: string): Promise<Handler> {
  const [moduleName = '', exportName = ''] = name.split('.');
  const module = await import(pathToFileURL(findModule(moduleName)).href);
  const handler: unknown = module[exportName];
  if (typeof handler !== 'function') throw new TypeError(`${name} is undefined or not exported`);
  return handler as Handler;
}

function findModule(moduleName: string): string {
  for (const extension of ['.mjs', '.js']) {
    const file = join(folder, `${moduleName}${extension}`);
    if (existsSync(file)) return file;
  }
  throw new Error(`Cannot find module '${moduleName}'`);
}

async function leave(error: unknown): Promise<never> {
  console.error(error);
  await client.reportInitError(error);
  process.exit(1);
}
