/**
 * `npm run simulate`: plays seeds, or replays one with all that happened in it. Exit code 1 where a
 * promise was broken.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { drawPlan } from './draw-plan.ts';
import { createProgress } from './progress.ts';
import { describePlan, explain } from './report.ts';
import { runPlan } from './run-plan.ts';
import { parseSimulateOptions, type Range, simulateUsage } from './simulate-options.ts';

/** What a process that plays a part of the seeds tells. */
export type Tidings =
  | { readonly kind: 'played'; readonly seeds: number; readonly simulatedMs: number }
  | { readonly kind: 'broken'; readonly seed: number; readonly text: string };

const TELL_EVERY = 20;
/** Each is shrunk and told: more than a few say nothing new. */
const BROKEN_MAX = 5;

async function main(): Promise<void> {
  const options = parseSimulateOptions(process.argv.slice(2));
  if (options.kind === 'help') console.log(simulateUsage);
  else if (options.kind === 'seed') await replay(options.seed);
  else if (process.send) await playPart(options);
  else await playAll(options);
}

async function replay(seed: number): Promise<void> {
  const history = await runPlan(drawPlan(seed), true);
  console.log(describePlan(history.plan));
  for (const line of history.trace) console.log(line);
  if (history.violation) {
    process.exitCode = 1;
    console.log(`\n${await explain(history)}`);
  } else console.log(`seed ${seed}: nothing was broken`);
}

async function playPart({ from, count, step }: Range): Promise<void> {
  let [seeds, simulatedMs, broken] = [0, 0, 0];
  const tell = (tidings: Tidings) => process.send?.(tidings);
  const tellPlayed = (): void => {
    tell({ kind: 'played', seeds, simulatedMs });
    [seeds, simulatedMs] = [0, 0];
  };
  for (let seed = from; seed < from + count; seed += step) {
    const history = await runPlan(drawPlan(seed));
    seeds += 1;
    simulatedMs += history.elapsedMs;
    if (history.violation) {
      broken += 1;
      tell({ kind: 'broken', seed, text: await explain(history) });
      if (broken === BROKEN_MAX) break;
    }
    if (seeds === TELL_EVERY) tellPlayed();
  }
  tellPlayed();
  process.disconnect();
}

async function playAll({ from, count, json }: Range): Promise<void> {
  const beganMs = performance.now();
  const processes = Math.min(availableParallelism(), count);
  const broken: number[] = [];
  let [seeds, simulatedMs] = [0, 0];
  const progress = createProgress({
    count,
    isTerminal: process.stderr.isTTY,
    nowMs: () => performance.now(),
    write: (text) => process.stderr.write(text),
  });
  const hear = (tidings: Tidings): void => {
    if (tidings.kind === 'broken') {
      broken.push(tidings.seed);
      console.error(`\n${tidings.text}`);
      return;
    }
    seeds += tidings.seeds;
    simulatedMs += tidings.simulatedMs;
    progress.tell(seeds, broken.length);
  };
  await Promise.all(
    Array.from({ length: processes }, async (_, part) => {
      const args = ['--from', from + part, '--seeds', count - part, '--step', processes];
      const child = fork(import.meta.filename, args.map(String));
      child.on('message', (tidings) => hear(tidings as Tidings));
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`a process that played seeds ended with ${code}`);
    }),
  );
  const tookS = (performance.now() - beganMs) / 1_000;
  const figures = {
    seeds,
    broken,
    simulatedHours: Math.round(simulatedMs / 3_600_000),
    seconds: Math.round(tookS),
    seedsPerSecond: Math.round(seeds / tookS),
  };
  if (json) console.log(JSON.stringify(figures));
  else {
    console.log(
      `\n${seeds} seeds from ${from}: ${broken.length} broken; ${figures.simulatedHours} simulated hours ` +
        `in ${figures.seconds} s (${figures.seedsPerSecond} seeds a second)`,
    );
  }
  process.exitCode = broken.length === 0 ? 0 : 1;
}

await main();
