/**
 * `npm run claims`: breaks each security claim by its change, in a copy of the sources, and wants a test
 * that is named after the claim to fail. Exit code 1 where none does, or where one fails unbroken.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { alignColumns } from '../../cli/table.ts';
import { changedText } from '../support/change.ts';
import { type ClaimChange, claimChanges } from './planted-changes.ts';

const usage = `npm run claims -- [options]

  --only S12   one claim
  --json       the results as JSON
  --help       this text`;

const run = promisify(execFile);

/** What tests read, and nothing that was built or installed. */
const LEFT_OUT = new Set(['node_modules', '.git', 'cdk.out', 'dist', '.sluice', '.stryker']);

interface Result {
  readonly claim: string;
  readonly what: string;
  /** Tests that failed, of those that are named after the claim. */
  readonly failed: readonly string[];
  /** How many of them there are. */
  readonly tests: number;
  readonly seconds: number;
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (options.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const wanted = claimChanges.filter(
    ({ claim }) => options.only === undefined || claim === options.only,
  );
  // A slip of the pen must not look like a claim that holds.
  if (wanted.length === 0) throw new RangeError(`no claim ${options.only}`);
  const folder = await copySources();
  try {
    const results: Result[] = [];
    for (const change of wanted) {
      const unbroken = await testClaim(folder, change);
      await writeFile(join(folder, change.file), changedText(change));
      const broken = await testClaim(folder, change);
      await writeFile(join(folder, change.file), await readFile(change.file));
      const isFit = unbroken.tests > 0 && unbroken.failed.length === 0;
      results.push(isFit ? broken : { ...broken, failed: [] });
      if (!options.json) console.log(describe(results.at(-1) ?? broken));
    }
    if (options.json) console.log(JSON.stringify(results, undefined, 2));
    process.exitCode = results.every(({ failed }) => failed.length > 0) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copySources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-claims-'));
  await cp('.', folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function testClaim(folder: string, { claim, what, tests }: ClaimChange): Promise<Result> {
  const fromMs = performance.now();
  const report = join(folder, 'claim.json');
  await rm(report, { force: true });
  const told = ['--reporter=json', `--outputFile=${report}`];
  // A failing test makes vitest fail: it has written what it found all the same.
  await run('npx', ['vitest', 'run', ...told, '-t', `${claim} `, ...tests], { cwd: folder }).catch(
    () => undefined,
  );
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const own = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    // The pattern finds the id anywhere in a name.
    .filter(({ fullName }) => fullName.trim().startsWith(`${claim} `));
  return {
    claim,
    what,
    failed: own.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName.trim()),
    tests: own.length,
    seconds: Math.round((performance.now() - fromMs) / 1_000),
  };
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function describe({ claim, what, failed, tests, seconds }: Result): string {
  const [first = 'no test notices'] = failed;
  const [line = ''] = alignColumns([
    [
      failed.length > 0 ? 'ok    ' : 'MISSED',
      claim.padEnd(3),
      what.padEnd(42),
      `${failed.length} of ${tests}`.padEnd(10),
      `${seconds} s`.padEnd(5),
      first.slice(0, 100),
    ],
  ]);
  return line;
}
