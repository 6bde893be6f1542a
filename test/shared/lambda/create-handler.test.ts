import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { type Behaviour, createHandler } from '../../../shared/lambda/create-handler.ts';
import { createLog } from '../../../shared/lambda/log.ts';
import { lambdaContext } from './http-events.ts';
import { captureLogLines } from './log-lines.ts';

const CANARY = 'canary-71e5';

function handlerOf(make: (log: ReturnType<typeof createLog>) => Behaviour<object, unknown>) {
  const output = captureLogLines();
  const log = createLog('test');
  const flushed: string[] = [];
  const metrics = { flush: () => void flushed.push('flushed') };
  const handler = createHandler(log, metrics, make(log));
  return { output, flushed, invoke: (event: object = {}) => handler(event, lambdaContext()) };
}

describe('createHandler', () => {
  it('gives back what the function answers', async () => {
    const { invoke, output } = handlerOf(() => async () => ({ batchItemFailures: [] }));
    expect(await invoke()).toEqual({ batchItemFailures: [] });
    expect(output.lines()).toEqual([]);
  });

  it('gives event and context to the function', async () => {
    const { invoke } = handlerOf(() => async (event, context) => [
      event,
      context.getRemainingTimeInMillis(),
    ]);
    expect(await invoke({ Records: [] })).toEqual([{ Records: [] }, 30_000]);
  });

  it.each([
    ['well', () => Promise.resolve()],
    ['badly', () => Promise.reject(new Error('x'))],
  ])('writes the metrics once when the invocation ends %s', async (_how, behaviour) => {
    const { invoke, flushed } = handlerOf(() => behaviour);
    await invoke().catch(() => undefined);
    expect(flushed).toEqual(['flushed']);
  });

  it('puts the request id on every line', async () => {
    const { invoke, output } = handlerOf((log) => async () => {
      log.info('begins', { jobId: 'job_1' });
      log.warn('goes on');
    });
    await invoke();
    const common = { function_request_id: 'aws-request-1', service: 'sluice-test' };
    expect(output.lines()).toMatchObject([
      { ...common, level: 'INFO', message: 'begins', jobId: 'job_1' },
      { ...common, level: 'WARN', message: 'goes on' },
    ]);
  });

  it.each([
    ['our own error', new SluiceError('store.unavailable', 'down'), 'store.unavailable'],
    ['an unknown error', new TypeError('x is undefined'), 'internal.unexpected'],
  ])('logs %s once, with its code, and throws it on', async (_what, error, code) => {
    const { invoke, output } = handlerOf(() => () => Promise.reject(error));
    await expect(invoke()).rejects.toBe(error);
    expect(output.lines()).toMatchObject([
      { level: 'ERROR', message: 'the invocation failed', code },
    ]);
  });

  it('never logs the event, nor a secret in facts, errors or causes', async () => {
    const secret = new Secret(CANARY);
    const { invoke, output } = handlerOf((log) => async () => {
      log.info('with facts', { secret, nested: { list: [secret] } });
      const cause = Object.assign(new Error('below'), { secret });
      throw new SluiceError('store.unavailable', `failed with ${secret}`, { cause });
    });
    await expect(invoke({ headers: { authorization: CANARY } })).rejects.toThrow();
    expect(output.lines()).toHaveLength(2);
    expect(output.text()).not.toContain(CANARY);
    expect(output.text()).toContain('[secret]');
  });
});
