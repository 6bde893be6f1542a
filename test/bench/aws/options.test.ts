import { describe, expect, it } from 'vitest';
import { parseAwsTestOptions } from '../../../bench/aws/aws-options.ts';
import { scenarioNames } from '../../../bench/aws/scenarios.ts';

describe('the options of the test on AWS', () => {
  it('are all scenarios by default', () => {
    expect(parseAwsTestOptions(['--emulated'])).toMatchObject({
      emulated: true,
      scenarios: scenarioNames,
      keep: false,
    });
  });

  it.each([
    [[], '--vendor-url must be an https URL'],
    [['--vendor-url', 'http://sim.example.com'], '--vendor-url must be an https URL'],
    [['--emulated', '--scenarios', 'http,htpt'], 'there is no "htpt"'],
    [['--emulated', '--org', 'x'], '--org must be a whole number'],
    [['--emulate'], "Unknown option '--emulate'"],
  ])('%j are refused by name', (args, problem) => {
    expect(() => parseAwsTestOptions(args)).toThrow(problem);
  });
});
