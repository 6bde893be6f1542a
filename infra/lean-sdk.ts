import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Ways to credentials that a function never takes: Lambda puts them into the environment, where the
 * SDK looks first. The SDK imports each only on its turn, so that an import left open is never run.
 */
export const credentialProvidersOutsideLambda = [
  ...['http', 'ini', 'login', 'process', 'sso', 'web-identity'].map(
    (name) => `@aws-sdk/credential-provider-${name}`,
  ),
  '@smithy/credential-provider-imds',
];

/** A schema of the SDK: a constant array over one or more lines. */
const SCHEMA = /^((?:export )?var \S+ = )(\[[\s\S]*?\]);$/gm;

/**
 * Lets esbuild drop the schemas of calls that nobody makes. S3's have computed keys, which esbuild
 * takes for side effects; a pure function around each says that it has none. Saves 60 kB with S3.
 */
export const dropUnusedSchemas: Plugin = {
  name: 'drop-unused-schemas',
  setup(build) {
    build.onLoad({ filter: /@aws-sdk\/.*\/schemas_0\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(SCHEMA, '$1/* @__PURE__ */ (() => $2)();'),
    }));
  },
};

/** Of its own package.json a client reads the version. Saves 2 kB for each client. */
export const versionsOfPackages: Plugin = {
  name: 'versions-of-packages',
  setup(build) {
    build.onLoad({ filter: /@aws-sdk\/[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
