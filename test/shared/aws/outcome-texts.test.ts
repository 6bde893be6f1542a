import { describe, expect, it } from 'vitest';
import { outcomeDetail } from '../../../shared/aws/outcome-event.ts';
import { taskAnswer } from '../../../shared/aws/task-answer.ts';
import { sampleJob } from '../../support/sample-job.ts';

const succeeded = sampleJob({ status: 'succeeded', summary: 'done' });
const failed = sampleJob({ status: 'failed' });

describe('outcomeDetail', () => {
  it('says of an inline result that there is one, not what it is', () => {
    const result = { kind: 'inline', json: '{"secret":1}' } as const;
    expect(JSON.parse(outcomeDetail({ ...succeeded, result })).result).toEqual({ kind: 'inline' });
  });

  it('names the fields of an error', () => {
    const fields = [{ field: 'params.name', problem: 'is missing' }];
    const error = { code: 'job.stale-input', message: 'no longer fits', fields } as const;
    expect(JSON.parse(outcomeDetail({ ...failed, error })).error).toEqual(error);
  });

  it('stays below what EventBridge takes, whatever a vendor wrote', () => {
    const text = '\u{1}'.repeat(300_000);
    const fields = Array.from({ length: 5_000 }, () => ({ field: 'f', problem: 'p'.repeat(100) }));
    const error = { code: 'provider.rejected', message: text, fields } as const;
    const detail = outcomeDetail({ ...failed, summary: text, error });
    expect(Buffer.byteLength(detail)).toBeLessThan(256 * 1024);
    expect(JSON.parse(detail).error).toMatchObject({ code: 'provider.rejected' });
  });
});

describe('taskAnswer', () => {
  it('gives an inline result whole, with integers exact', () => {
    const result = { kind: 'inline', json: '{"id":9007199254740993}' } as const;
    expect(taskAnswer({ ...succeeded, result }, 'succeeded')).toEqual({
      kind: 'success',
      output:
        `{"id":"${succeeded.id}","status":"succeeded","summary":"done",` +
        '"result":{"kind":"inline","value":{"id":9007199254740993}}}',
    });
  });

  it('leaves out an inline result that Step Functions would refuse for its size', () => {
    const result = { kind: 'inline', json: JSON.stringify('x'.repeat(262_144)) } as const;
    const answer = taskAnswer({ ...succeeded, result }, 'partial');
    expect(answer).toMatchObject({ output: expect.stringContaining('"result":{"kind":"inline"}') });
  });

  it.each([
    ['failed', 'JobFailed'],
    ['uncertain', 'JobUncertain'],
    ['cancelled', 'JobCancelled'],
    ['expired', 'JobExpired'],
  ] as const)('fails the task of a job that is %s without an error as %s', (status, error) => {
    expect(taskAnswer({ ...failed, status }, status)).toMatchObject({ kind: 'failure', error });
  });

  it('names the fields in the cause, and cuts it to what Step Functions takes', () => {
    const field = { field: 'params.name', problem: 'is missing' };
    const error = { code: 'job.stale-input', message: 'no longer fits' } as const;
    const short = taskAnswer({ ...failed, error: { ...error, fields: [field] } }, 'failed');
    expect(short).toMatchObject({ cause: expect.stringContaining('params.name: is missing') });
    const long = taskAnswer(
      { ...failed, error: { ...error, message: '☃'.repeat(32_768) } },
      'failed',
    );
    const cause = long.kind === 'failure' ? long.cause : '';
    expect(Buffer.byteLength(cause)).toBeLessThanOrEqual(32_768);
    expect(cause).toContain('☃');
  });
});
