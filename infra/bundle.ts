/** `node infra/bundle.ts [-c config=FILE]`: bundles the functions and prints how large they are. */
import { parseArgs } from 'node:util';
import { type Bundles, bundleFunctions } from './bundle-functions.ts';
import { configFile, loadCheckedConfig } from './checked-config.ts';

const { values } = parseArgs({
  options: {
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    functions: { type: 'string', default: 'functions' },
    out: { type: 'string', default: 'dist/functions' },
  },
});
const named = values.context.find((entry) => entry.startsWith('config='));
const bundles = await bundleFunctions({
  config: await loadCheckedConfig(configFile(named?.slice('config='.length))),
  functionsFolder: values.functions,
  outFolder: values.out,
});
console.log(tableOf(bundles));

function tableOf(rows: Bundles): string {
  const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`.padStart(12);
  return [
    `${'function'.padEnd(18)}${'minified'.padStart(12)}${'gzip'.padStart(12)}`,
    ...[...rows].map(
      ([name, { bytes, gzipBytes }]) => name.padEnd(18) + kilobytes(bytes) + kilobytes(gzipBytes),
    ),
  ].join('\n');
}
