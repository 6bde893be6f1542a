import { describe, expect, it } from 'vitest';
import { readVendorBody } from '../../../shared/http/vendor-body.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('the kind of a body', () => {
  it.each([
    ['empty', '', 'application/json'],
    ['empty', ' \r\n', undefined],
    ['json', '{"a":1}', 'application/json'],
    ['json', '{"title":"t"}', 'application/problem+json; charset=utf-8'],
    ['json', '"a bare string"', 'application/json'],
    ['json', 'null', 'application/json'],
    ['json', '[]', undefined],
    ['json', '{"a":1}', 'text/html'],
    ['html', '<!DOCTYPE html><p>Bad gateway', 'application/json'],
    ['html', '<html><body>x', undefined],
    ['html', 'Bad gateway', 'text/html'],
    ['text', 'throttled', 'text/plain'],
    ['text', '{not json', 'text/plain'],
    ['text', '7', undefined],
    ['malformed', '{not json', 'application/json'],
    ['malformed', '[1,2', 'application/json'],
    ['malformed', '['.repeat(100_000), 'application/json'],
  ])('is %s for %.40j as %s', (kind, text, contentType) => {
    expect(readVendorBody(text, contentType).kind).toBe(kind);
  });

  it.each([
    [100, 'json'],
    [101, 'malformed'],
    [5_000, 'malformed'],
    [200_000, 'malformed'],
  ])('of JSON that is nested %i deep is %s', (depth, kind) => {
    expect(readVendorBody(nested(depth), 'application/json').kind).toBe(kind);
  });
});
