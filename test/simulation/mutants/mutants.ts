/**
 * `npm run mutants`: plants each known bug in turn and lets the simulation find it. Exit code 1 where
 * one is not found, or where the code as it is breaks a promise.
 */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import type { Catch } from './hunt.ts';
import { type Mutant, mutants } from './planted.ts';

const run = promisify(execFile);
const HUNT = new URL('./hunt.ts', import.meta.url).pathname;
const PLANT = new URL('./plant.ts', import.meta.url).href;

interface Caught extends Catch {
  readonly id: string;
  readonly what: string;
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const wanted = mutants.filter(({ id }) => values.only === undefined || id === values.only);
  const results: Caught[] = [];
  const queue = [undefined, ...wanted];
  const work = async (): Promise<void> => {
    for (let mutant = queue.shift(); ; mutant = queue.shift()) {
      const caught = await hunt(mutant);
      results.push(caught);
      if (!values.json) console.log(describe(caught));
      if (queue.length === 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), queue.length) }, work));
  if (values.json) console.log(JSON.stringify(results));
  process.exitCode = results.every(isWell) ? 0 : 1;
}

/** Undefined: the code as it is, in which nothing must be found. */
async function hunt(mutant: Mutant | undefined): Promise<Caught> {
  const planted = mutant ? ['--import', PLANT] : [];
  const env = { ...process.env, SLUICE_MUTANT: mutant?.id };
  const seeds = mutant ? values.seeds : '300';
  const { stdout } = await run(process.execPath, [...planted, HUNT, seeds], { env });
  const found: Catch = JSON.parse(stdout);
  return mutant
    ? { ...found, id: mutant.id, what: mutant.what }
    : { ...found, id: 'none', what: 'the code as it is' };
}

const isWell = ({ id, invariant }: Caught): boolean =>
  (id === 'none') === (invariant === undefined);

function describe(caught: Caught): string {
  const { id, what, invariant, seeds } = caught;
  const result = invariant
    ? `caught by "${invariant}" at seed ${seeds}`
    : `unbroken in ${seeds} seeds`;
  return `${isWell(caught) ? 'ok    ' : 'MISSED'}  ${id.padEnd(22)} ${what.padEnd(76)} ${result}`;
}

await main();
