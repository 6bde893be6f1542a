import { defineConfig } from 'vitest/config';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  throw new Error(
    `Sluice's tests need Node 24, found ${process.version}. Run "npm ci", then "npm test": npm puts the project's own Node first.`,
  );
}

const shared = {
  pool: 'forks' as const,
  testTimeout: 20_000,
  hookTimeout: 20_000,
  restoreMocks: true,
  unstubEnvs: true,
};

/**
 * Real processes on a machine that may be busy with others. A time limit ends what hangs and asserts
 * nothing: tests of these files name none of their own.
 */
const patient = {
  ...shared,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 90_000 } },
};

/** Files that start processes, set environment variables or build bundles get a process of their own. */
const apart = [
  'test/bench/**',
  'test/local/stack/**',
  'test/local/*.test.ts',
  'test/functions/**',
  'test/infra/**',
];

/** Real processes that are killed at random, in real time: `npm run chaos`. */
const chaos = ['test/chaos/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...chaos],
          // Modules are loaded once a worker instead of once a file: half of the time of the suite.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'chaos', include: ['test/chaos/**/*.test.ts'] } },
      {
        test: {
          ...patient,
          name: 'apart',
          include: apart.map((it) => it.replace(/\*\*$/, '**/*.test.ts')),
        },
      },
    ],
  },
});
