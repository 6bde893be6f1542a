import { describe, expect, it } from 'vitest';
import {
  environmentNames,
  parseEnvironment,
  parseQueueUrls,
} from '../../../shared/config/environment.ts';

describe('parseEnvironment', () => {
  it('reads the variables that were asked for and no other', () => {
    const source = { SLUICE_JOBS_TABLE: 'jobs', SLUICE_BUS_NAME: 'bus', PATH: '/bin' };
    expect(parseEnvironment(['jobsTable', 'busName'], source)).toEqual({
      jobsTable: 'jobs',
      busName: 'bus',
    });
  });

  it('names every variable that is missing or empty', () => {
    const source = { SLUICE_JOBS_TABLE: '', SLUICE_BUS_NAME: 'bus' };
    expect(() => parseEnvironment(['jobsTable', 'busName', 'queueUrls'], source)).toThrow(
      'environment variables are missing: SLUICE_JOBS_TABLE, SLUICE_QUEUE_URLS',
    );
  });

  it('has a name of its own for each variable', () => {
    const names = Object.values(environmentNames);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^SLUICE_[A-Z_]+$/.test(name))).toEqual([]);
  });
});

describe('parseQueueUrls', () => {
  it('reads a URL for each provider', () => {
    const urls = { automox: 'https://sqs.us-east-1.amazonaws.com/1/sluice-automox.fifo' };
    expect(parseQueueUrls(JSON.stringify(urls))).toEqual(urls);
  });

  it.each(['', '[]', '{"automox":"a queue"}', '{"automox":1}'])('refuses %j', (text) => {
    expect(() => parseQueueUrls(text)).toThrow();
  });
});
