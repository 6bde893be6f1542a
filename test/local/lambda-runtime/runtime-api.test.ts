import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InvocationFailed } from '../../../local/function-host/invocation-failed.ts';
import { startRuntimeApi } from '../../../local/lambda-runtime/runtime-api.ts';

const invocation = {
  id: 'i-1',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  payload: '{"a":1}',
  deadlineMs: 1_700_000_000_000,
};

async function openApi() {
  const onIdle = vi.fn<() => void>();
  const api = await startRuntimeApi({ functionName: 'f', onIdle });
  onTestFinished(() => api.close());
  const call = (method: string, path: string, body?: string) =>
    fetch(`http://${api.address}/2018-06-01/runtime${path}`, {
      method,
      ...(body !== undefined && { body }),
    });
  return { api, onIdle, call };
}

describe('the Runtime API', () => {
  it('hands an invocation with its id, its deadline and its function', async () => {
    const { api, onIdle, call } = await openApi();
    const asked = call('GET', '/invocation/next');
    await api.ready;
    expect(onIdle).toHaveBeenCalledOnce();
    const answered = api.invoke(invocation);
    const next = await asked;
    expect(Object.fromEntries(next.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'i-1',
      'lambda-runtime-deadline-ms': '1700000000000',
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
    });
    expect(await next.json()).toEqual({ a: 1 });
    expect((await call('POST', '/invocation/i-1/response', '{"b":2}')).status).toBe(202);
    expect(await answered).toBe('{"b":2}');
  });

  it('keeps an invocation until the runtime asks, and calls that idle time no longer', async () => {
    const { api, onIdle, call } = await openApi();
    const answered = api.invoke(invocation);
    await call('GET', '/invocation/next');
    expect(onIdle).not.toHaveBeenCalled();
    await call('POST', '/invocation/i-1/response', 'null');
    expect(await answered).toBe('null');
  });

  it('fails an invocation by the error that the runtime tells', async () => {
    const { api, call } = await openApi();
    const failed = expect(api.invoke(invocation)).rejects.toEqual(
      new InvocationFailed('f: RangeError: seven'),
    );
    await call('GET', '/invocation/next');
    const error = JSON.stringify({ errorType: 'RangeError', errorMessage: 'seven' });
    expect((await call('POST', '/invocation/i-1/error', error)).status).toBe(202);
    await failed;
  });

  it('fails the start by the error that loading met', async () => {
    const { api, call } = await openApi();
    const error = JSON.stringify({ errorType: 'SyntaxError', errorMessage: 'line 1' });
    expect((await call('POST', '/init/error', error)).status).toBe(202);
    await expect(api.ready).rejects.toThrow('f: init: SyntaxError: line 1');
  });

  it('refuses an answer to an invocation that is not running', async () => {
    const { api, call } = await openApi();
    const answered = api.invoke(invocation);
    await call('GET', '/invocation/next');
    expect((await call('POST', '/invocation/i-0/response', '1')).status).toBe(400);
    expect((await call('POST', '/invocation/i-1/response', '2')).status).toBe(202);
    expect((await call('POST', '/invocation/i-1/response', '3')).status).toBe(400);
    expect(await answered).toBe('2');
  });

  it('fails what runs and what starts when the process is gone', async () => {
    const { api } = await openApi();
    const running = expect(api.invoke(invocation)).rejects.toThrow('gone');
    api.fail(new InvocationFailed('gone'));
    await running;
    await expect(api.ready).rejects.toThrow('gone');
  });
});
