import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../cli/parse-arguments.ts';
import { UsageError } from '../../cli/usage-error.ts';

const reject = (...argv: string[]) => {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
};

describe('arguments', () => {
  it('may have options before, between and after the words', () => {
    const args = parseArguments(['--url', 'http://x', 'job', '--json', 'job_1']);
    expect(args.words).toEqual(['job', 'job_1']);
    expect(args.find('url')).toBe('http://x');
    expect(args.has('json')).toBe(true);
    expect(args.has('all')).toBe(false);
  });

  it('take a value after "=" even where it begins with a dash', () => {
    expect(parseArguments(['submit', '--key=-1']).find('key')).toBe('-1');
  });

  it('take a lone dash as a word and as a value', () => {
    expect(parseArguments(['submit', '-']).words).toEqual(['submit', '-']);
    expect(parseArguments(['submit', '--json-file', '-']).find('json-file')).toBe('-');
  });

  it('take what follows "--" as words', () => {
    expect(parseArguments(['job', '--', '--json']).words).toEqual(['job', '--json']);
  });

  it.each([
    [['--acount', 'x'], 'unknown option --acount. Did you mean "--account"?'],
    [['--zzzzzz'], 'unknown option --zzzzzz.'],
    [['-x'], 'unknown option -x.'],
    [['--account'], '--account needs a value: --account NAME'],
    [['--account', '--json'], '--account needs a value: --account NAME'],
    [['--account='], '--account needs a value: --account NAME'],
    [['--json=yes'], '--json takes no value'],
    [['--limit', '1', '--limit', '2'], '--limit is given twice'],
    [
      ['--priority', 'urgnet'],
      '--priority cannot be "urgnet": it is one of normal, urgent. Did you mean "urgent"?',
    ],
  ])('are refused for %j', (argv, message) => {
    expect(reject(...argv)).toBe(message);
  });
});
