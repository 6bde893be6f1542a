/** All rows in real time, side by side: each in a process of its own, all told to begin at once. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunFacts } from '../run-facts.ts';
import type { ScenarioName } from '../scenarios.ts';
import { canRun, peerRows, SLUICE_ROW } from './real-rows.ts';
import type { FromRow, RowStart } from './row-process.ts';

const ENTRY = fileURLToPath(new URL('./row-process.ts', import.meta.url));

/**
 * A killed worker's message is hidden for 35 s, so that this scenario takes Sluice as long as
 * all others together: it has a stack of its own beside them.
 */
const APART: ScenarioName = 'kill';

export async function runReal(
  rows: readonly string[],
  scenarios: readonly ScenarioName[],
  onFacts: (facts: RunFacts) => void,
): Promise<void> {
  const starts = rows.flatMap((row) => startsOf(row, scenarios));
  const children = await Promise.all(
    starts.filter((start) => start.scenarios.length > 0).map((start) => open(start, onFacts)),
  );
  const exits = children.map((child) => once(child, 'exit'));
  for (const child of children) child.send('begin');
  for (const [code] of await Promise.all(exits)) {
    if (code !== 0) throw new Error('a row of the benchmark failed; see above');
  }
}

function startsOf(row: string, scenarios: readonly ScenarioName[]): readonly RowStart[] {
  if (row === SLUICE_ROW) {
    return [
      { row, scenarios: scenarios.filter((name) => name !== APART) },
      { row, scenarios: scenarios.filter((name) => name === APART) },
    ];
  }
  const peer = peerRows.find((it) => it.row === row);
  if (peer === undefined) return [];
  return [{ row, scenarios: scenarios.filter((name) => canRun(peer, name)) }];
}

async function open(start: RowStart, onFacts: (facts: RunFacts) => void): Promise<ChildProcess> {
  const child = fork(ENTRY, [JSON.stringify(start)], { stdio: ['ignore', 2, 2, 'ipc'] });
  child.on('message', (message: FromRow) => {
    if (message.kind === 'facts') onFacts(message.facts);
  });
  await once(child, 'message');
  return child;
}
