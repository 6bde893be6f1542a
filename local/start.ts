/** `npm start`: keeps the local stack running until Ctrl-C. */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '../shared/config/load-config.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { SluiceError } from '../shared/errors/sluice-error.ts';
import { assertNode } from './assert-node.ts';
import { emptyDataDir, lockDataDir } from './data-dir.ts';
import { describeStack } from './describe-stack.ts';
import { startLocalStack } from './stack/local-stack.ts';
import { parseStartOptions, type StartOptions, startUsage } from './start-options.ts';

async function main(): Promise<void> {
  assertNode();
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(startUsage);
    return;
  }
  const config = await loadConfig(options.config);
  const dataDir = resolve(options.data);
  const unlock = lockDataDir(dataDir);
  try {
    if (options.fresh) emptyDataDir(dataDir);
    await serveUntilStopped(config, dataDir, options);
  } finally {
    unlock();
  }
}

async function serveUntilStopped(
  config: SluiceConfig,
  dataDir: string,
  { port, bundles, template }: Pick<StartOptions, 'port' | 'bundles' | 'template'>,
): Promise<void> {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const stack = await startLocalStack({
    config,
    dataDir,
    port,
    bundles,
    ...(template !== undefined && { template: readTemplate(template) }),
    onLog: (name, line) => appendFileSync(join(logs, `${name}.log`), `${line}\n`),
    onDefect: (error) => console.error('the local stack:', error),
  });
  console.log(describeStack(stack, dataDir));
  await stopSignal();
  console.log('Stopping: no new message is taken, what runs may end …');
  await stack.close();
  console.log('Stopped. Nothing was lost: open jobs go on at the next start.');
}

function readTemplate(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const remedy = '"npm run synth" writes cdk.out/Sluice.template.json';
    throw new SluiceError('request.invalid', `--template: ${cause}; ${remedy}`, { cause });
  }
}

const stopSignal = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });

try {
  await main();
} catch (error) {
  const reason = explain(error);
  if (reason === undefined) throw error;
  console.error(`npm start: ${reason}`);
  process.exitCode = 2;
}

/** What the user can mend; undefined for a defect, which keeps its stack. */
function explain(error: unknown): string | undefined {
  if (error instanceof SluiceError) return error.message;
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return undefined;
  return `a port is taken (${error.message}): stop the other program, or pass --port N`;
}
