/**
 * The process of one row: its vendor, its driver, and the parent of its workers. Takes the row and the
 * scenarios as JSON in its first argument, waits to be told to begin, and sends the facts of each.
 */

import type { RunFacts } from '../run-facts.ts';
import { scenarios as allScenarios, type ScenarioName } from '../scenarios.ts';
import { peerRows, SLUICE_ROW } from './real-rows.ts';
import { runPeer } from './run-peer.ts';
import { runStack } from './run-stack.ts';
import { startBenchStack } from './sluice-stack.ts';

export interface RowStart {
  readonly row: string;
  readonly scenarios: readonly ScenarioName[];
}

export type FromRow = { readonly kind: 'ready' } | { readonly kind: 'facts'; facts: RunFacts };

const { row: name, scenarios: names } = JSON.parse(process.argv[2] ?? '{}') as RowStart;
const scenarios = allScenarios.filter((scenario) => names.includes(scenario.name));

const send = (message: FromRow): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

async function readyToBegin(): Promise<void> {
  const told = new Promise<void>((resolve) => {
    process.once('message', () => resolve());
  });
  await send({ kind: 'ready' });
  await told;
}

if (name === SLUICE_ROW) {
  const stack = await startBenchStack(scenarios);
  try {
    await readyToBegin();
    for (const scenario of scenarios) {
      await send({ kind: 'facts', facts: await runStack(stack, scenario) });
    }
  } finally {
    await stack.close();
  }
} else {
  const row = peerRows.find((it) => it.row === name);
  if (row === undefined) throw new RangeError(`no row is named "${name}"`);
  await readyToBegin();
  for (const scenario of scenarios) {
    await send({ kind: 'facts', facts: await runPeer(row, scenario) });
  }
}
process.disconnect();
