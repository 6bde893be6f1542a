import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { jsonAnswer } from '../../../shared/lambda/http.ts';
import { createHttpBehaviour, type Route } from '../../../shared/lambda/http-behaviour.ts';
import { httpEvent } from './http-events.ts';
import { createMemoryLog } from './log-lines.ts';

async function answer(route: Route, asked = 'GET /x') {
  const log = createMemoryLog();
  let defects = 0;
  const onDefect = (): void => {
    defects += 1;
  };
  const behaviour = createHttpBehaviour({ 'GET /x': route }, log, onDefect);
  const result = await behaviour(httpEvent(asked));
  return { result, log, defects, body: JSON.parse(String(result.body ?? 'null')) };
}

describe('createHttpBehaviour', () => {
  it('answers what the route answers', async () => {
    const { result, log } = await answer(async () => jsonAnswer(200, { ok: true }));
    expect(result).toMatchObject({ statusCode: 200, body: '{"ok":true}' });
    expect(log.lines).toEqual([]);
  });

  it('answers 404 for a route that the function does not have', async () => {
    const { result, body } = await answer(async () => jsonAnswer(200, {}), 'GET /y');
    expect([result.statusCode, body.code]).toEqual([404, 'request.not-found']);
  });

  it('tells a caller of an error that is the caller’s, and logs nothing', async () => {
    const { result, body, log } = await answer(() =>
      Promise.reject(new SluiceError('job.not-found', 'there is no job of that id')),
    );
    expect([result.statusCode, body.detail]).toEqual([404, 'there is no job of that id']);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['an unknown error', new TypeError('x of undefined at /var/task'), 500, 'internal.unexpected'],
    ['what is no error', 'a text', 500, 'internal.unexpected'],
    ['a store', new SluiceError('store.unavailable', 'table arn:aws:x'), 503, 'store.unavailable'],
  ])('logs the failure of %s once and tells nothing of it', async (_what, error, status, code) => {
    const { result, body, log } = await answer(() => Promise.reject(error));
    expect([result.statusCode, body.code]).toEqual([status, code]);
    expect(String(result.body)).not.toMatch(/undefined|arn|a text/);
    expect(log.lines).toEqual([{ level: 'error', message: 'a request failed', code, error }]);
  });

  it.each([
    ['a defect', new TypeError('x of undefined'), 1],
    ['a secret that is not there', new SluiceError('account.secret-missing', 'hook'), 1],
    ['a store that is away', new SluiceError('store.unavailable', 'the table'), 0],
    ['a mistake of the caller', new SluiceError('job.invalid', 'params'), 0],
  ])('counts of %s what only we can mend', async (_what, error, expected) => {
    expect((await answer(() => Promise.reject(error))).defects).toBe(expected);
  });
});
