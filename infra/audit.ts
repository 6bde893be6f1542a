/**
 * `npm run audit`: asks the registry for advisories on what is deployed. Exit code 1 where one is high or
 * critical. Where the registry has none to give it says "not checked", which is neither.
 */
import { spawnSync } from 'node:child_process';
import { readAudit } from './dependency-report.ts';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit', 'dev'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const verdict = readAudit(stdout);
if (verdict.kind === 'not-checked') {
  console.log(`not checked: ${verdict.reason}`);
} else {
  for (const name of verdict.grave) console.error(`ADVISORY ${name}`);
  console.log(`checked: ${verdict.grave.length} high or critical, ${verdict.others} others`);
  process.exitCode = verdict.grave.length === 0 ? 0 : 1;
}
