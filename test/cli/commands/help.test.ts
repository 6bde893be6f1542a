import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../cli/commands/all-commands.ts';
import { exitCodes } from '../../../cli/exit-codes.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { noApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

describe('help', () => {
  it('names every command and every exit code, within 100 columns', async () => {
    const { exitCode, out } = await run(['help'], noApi());
    expect(exitCode).toBe(0);
    const lines = out.split('\n');
    for (const { name } of allCommands) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const code of Object.values(exitCodes))
      expect(out).toMatch(new RegExp(`^  ${code} `, 'm'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it.each(allCommands)('of $name is the same by "help" and by --help', async ({ name, usage }) => {
    const byName = await run(['help', name], noApi());
    const byOption = await run([name, '--help'], noApi());
    expect(byName.out).toContain(`usage: npx sluice ${usage[0]}`);
    expect(byOption).toEqual(byName);
  });

  it('goes to stderr, as an error, where no command is given', async () => {
    const { exitCode, out, err } = await run([], noApi());
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('usage: npx sluice COMMAND');
  });

  it('tells the nearest command for one that is not there', async () => {
    for (const argv of [['jbos'], ['help', 'jbos']]) {
      const { exitCode, err } = await run(argv, noApi());
      expect(exitCode).toBe(2);
      expect(err).toContain('there is no command "jbos". Did you mean "sluice jobs"?');
    }
  });

  it('has the version of the package beside it', async () => {
    const { exitCode, out } = await run(['--version'], noApi());
    expect(exitCode).toBe(0);
    expect(out).toBe(`${packageJson.version}\n`);
  });
});
