import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../functions/api/contract.ts';
import { webhookRoutes } from '../../functions/webhook/contract.ts';
import { dispositions, type ErrorCode } from '../../shared/errors/codes.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { problemAnswer } from '../../shared/lambda/problem.ts';
import { getPage } from './pages.ts';

const { text } = getPage('docs/http-api.md');
const codes = Object.keys(dispositions) as readonly ErrorCode[];
const rowOf = (code: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));

describe('the page of the HTTP API', () => {
  it.each([...apiRoutes, ...webhookRoutes])('names $route and whether it is open', (entry) => {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${entry.route}\` |`));
    expect(row?.endsWith('| yes |')).toBe(entry.open);
  });

  it.each(codes)('names the code %s', (code) => {
    expect(rowOf(code)).toBeDefined();
  });

  it.each(codes.filter((code) => dispositions[code] === 'answer'))(
    'names the status of %s',
    (code) => {
      const { status } = problemAnswer(new SluiceError(code, 'a test'), { requestId: 'r' });
      expect(rowOf(code)).toContain(`| ${status} |`);
    },
  );

  it('names no code that there is not', () => {
    const named = [...text.matchAll(/^\| `([a-z]+\.[a-z-]+)` \|/gm)].map(([, code = '']) => code);
    expect(named.filter((code) => !codes.some((it) => it === code))).toEqual([]);
  });
});
