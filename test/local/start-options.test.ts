import { describe, expect, it } from 'vitest';
import { parseStartOptions } from '../../local/start-options.ts';

describe('the options of npm start', () => {
  it('have the defaults that the usage names', () => {
    expect(parseStartOptions([])).toEqual({
      port: 4570,
      data: '.sluice/data',
      config: 'sluice.config.ts',
      fresh: false,
      bundles: false,
      help: false,
    });
  });

  it('are taken as given', () => {
    const args = ['--port', '0', '--data', 'd', '--config', 'c.json', '--fresh', '--bundles', '-h'];
    expect(parseStartOptions(args)).toEqual({
      port: 0,
      data: 'd',
      config: 'c.json',
      fresh: true,
      bundles: true,
      help: true,
    });
  });

  it.each(['-1', '65534', '80.5', 'http', '1e9'])('name the port where it is "%s"', (port) => {
    expect(() => parseStartOptions([`--port=${port}`])).toThrow(`not "${port}"`);
  });

  it.each(['--prot', '--fresh=yes', 'start'])('show the usage beside "%s"', (arg) => {
    expect(() => parseStartOptions([arg])).toThrow('npm start -- [options]');
  });
});
