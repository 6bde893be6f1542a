import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAudit, readSbom } from '../../infra/dependency-report.ts';
import packageJson from '../../package.json' with { type: 'json' };

const read = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  /** Comes inside of another package's file, under its digest. */
  readonly inBundle?: true;
  readonly dev?: true;
  readonly optional?: true;
  readonly hasInstallScript?: true;
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** Written out: another one is a decision, and a diff here. */
const runtime = [
  '@aws-lambda-powertools/logger',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-eventbridge',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-sfn',
  '@aws-sdk/client-sqs',
  '@aws-sdk/credential-provider-node',
  '@aws-sdk/s3-request-presigner',
  '@middy/core',
  '@smithy/signature-v4',
  'jsonata',
  'ky',
  'zod',
];

describe('S26 dependencies', () => {
  it('at run time are these, and no others', () => {
    expect(Object.keys(packageJson.dependencies)).toEqual(runtime);
  });

  it('have exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are those of the lock file, each with the digest of what may be installed', () => {
    expect(installed.length).toBeGreaterThan(100);
    const unsealed = installed.filter(
      ([, it]) => !it.inBundle && !/^sha512-/.test(it.integrity ?? ''),
    );
    expect(unsealed.map(([path]) => path)).toEqual([]);
  });

  it('run no script when they are installed, and none that is deployed would have one', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
    const scripted = installed.filter(([, it]) => it.hasInstallScript && !it.dev && !it.optional);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('are installed, listed and audited by the gate', () => {
    const gate = read('.ci/run');
    expect(gate).toMatch(/^step 'npm ci' npm ci$/m);
    expect(gate).toMatch(/^step 'sbom' npm run -s sbom$/m);
    expect(gate).toMatch(/^step 'audit' npm run -s audit$/m);
  });
});

const bill = (...components: readonly object[]) =>
  JSON.stringify({ bomFormat: 'CycloneDX', components });

describe('S26 a bill of materials', () => {
  const zod = { name: 'zod', version: '4.6.7' };

  it('lists every runtime dependency, scoped ones in either spelling', () => {
    const dependencies = { zod: '4.6.7', '@a/b': '1.0.0', '@c/d': '2.0.0' };
    const scoped = [
      { group: '@a', name: 'b', version: '1.0.0' },
      { name: '@c/d', version: '2.0.0' },
    ];
    expect(readSbom(bill(zod, ...scoped), dependencies)).toEqual({ components: 3, missing: [] });
  });

  it('lacks what is not there in that version', () => {
    expect(readSbom(bill(zod), { zod: '4.6.8', ky: '2.1.0' }).missing).toEqual([
      'zod@4.6.8',
      'ky@2.1.0',
    ]);
  });

  it.each(['', '{}', '{"bomFormat":"SPDX","components":[]}'])('is not %j', (text) => {
    expect(() => readSbom(text, {})).toThrow();
  });
});

describe('S26 an audit', () => {
  const report = (...severities: readonly string[]) =>
    JSON.stringify({
      vulnerabilities: Object.fromEntries(severities.map((severity, n) => [`p${n}`, { severity }])),
    });

  it('names what is high or critical, and counts the rest', () => {
    expect(readAudit(report('low', 'high', 'moderate', 'critical'))).toEqual({
      kind: 'checked',
      grave: ['p1 (high)', 'p3 (critical)'],
      others: 2,
    });
  });

  it('is clean where the registry knows nothing', () => {
    expect(readAudit(report())).toEqual({ kind: 'checked', grave: [], others: 0 });
  });

  it.each([
    ['{"message":"405 Method Not Allowed","statusCode":405}', '405 Method Not Allowed'],
    ['', 'npm gave no report'],
    ['{"error":{"code":"ENOTFOUND"}}', 'npm gave no report'],
  ])('says that nobody was asked: %s', (text, reason) => {
    expect(readAudit(text)).toEqual({ kind: 'not-checked', reason });
  });
});
