/**
 * `npm run bench:limiter`: the real limiter in real processes on the emulated DynamoDB, over HTTP.
 * What decisions cost at one, ten and fifty workers; and how fast, by the simulated vendor's own count,
 * workers with calls of 200 ms share 100 calls a second. Exit code 1 where a target is missed.
 */
import { startBudgetsTable } from './budgets-table.ts';
import { measureDecisions } from './decisions.ts';
import { limiterUsage, parseLimiterOptions } from './limiter-options.ts';
import { describeFigures, missedTargets } from './report.ts';
import { measureSustained } from './sustained.ts';

async function main(): Promise<void> {
  const options = parseLimiterOptions(process.argv.slice(2));
  if (options.help) {
    console.log(limiterUsage);
    return;
  }
  const talk = (text: string): void => console.error(text);
  const table = await startBudgetsTable();
  try {
    talk(`100 a second: ${options.workers} workers for ${options.seconds} s …`);
    const sustained = await measureSustained(table, options);
    const figures = { decisions: await measureDecisions(table, talk), sustained };
    const missed = missedTargets(figures);
    if (options.json) console.log(JSON.stringify({ ...figures, missed }, undefined, 2));
    else console.log(describeFigures(figures, missed));
    process.exitCode = missed.length === 0 ? 0 : 1;
  } finally {
    await table.close();
  }
}

await main();
