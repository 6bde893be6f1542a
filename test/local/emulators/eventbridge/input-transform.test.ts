import { describe, expect, it } from 'vitest';
import { targetInput } from '../../../../local/emulators/eventbridge/input-transform.ts';

const event = { id: 'e1', detail: { jobId: 7, name: 'say "hi"', tags: ['a', { b: true }] } };
const rule = { arn: 'arn:rule', name: 'done', atMs: 0 };

const transform = (InputPathsMap: Record<string, string>, InputTemplate: string): string =>
  targetInput({ InputTransformer: { InputPathsMap, InputTemplate } }, event, rule);

describe('the input of a target', () => {
  it('is the whole event by default', () => {
    expect(JSON.parse(targetInput({}, event, rule))).toEqual(event);
  });

  it('is a constant where one is given', () => {
    expect(targetInput({ Input: '{"c":1}' }, event, rule)).toBe('{"c":1}');
  });

  it.each([
    ['$.detail.jobId', '7'],
    ['$.detail.tags[1].b', 'true'],
    ['$.nothing.here', 'null'],
  ])('is the part at %s', (InputPath, expected) => {
    expect(targetInput({ InputPath }, event, rule)).toBe(expected);
  });

  it('is a template with values as JSON', () => {
    const input = transform(
      { job: '$.detail.jobId', name: '$.detail.name', tags: '$.detail.tags' },
      '{"job": <job>, "name": <name>, "tags": <tags>}',
    );

    expect(JSON.parse(input)).toEqual({ job: 7, name: 'say "hi"', tags: ['a', { b: true }] });
  });

  it('stays valid JSON where values stand inside a text', () => {
    const input = transform(
      { name: '$.detail.name', job: '$.detail.jobId' },
      '"<name>: job <job>"',
    );

    expect(JSON.parse(input)).toBe('say "hi": job 7');
  });

  it('knows the reserved variables and leaves other brackets alone', () => {
    const input = transform({}, '{"rule": <aws.events.rule-name>, "html": "<b>"}');

    expect(JSON.parse(input)).toEqual({ rule: 'done', html: '<b>' });
  });
});
