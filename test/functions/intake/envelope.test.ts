import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../../functions/intake/envelope.ts';
import { busEvent, snsNotification } from './sqs-records.ts';

const job = { type: 'automox.test.step', account: 'acme' };

describe('openEnvelope', () => {
  it('keys a bare message by its SQS id', () => {
    expect(openEnvelope(job, 'm-1')).toEqual({
      message: { ...job, idempotencyKey: 'sqs:m-1' },
      origin: { way: 'queue', detail: 'm-1' },
    });
  });

  it('opens an EventBridge event and keys it by the event’s id', () => {
    expect(openEnvelope(busEvent(job), 'm-1')).toEqual({
      message: { ...job, idempotencyKey: 'event:event-1' },
      origin: { way: 'event', detail: 'event-1' },
    });
  });

  it('opens an SNS notification and keys it by the notification’s id', () => {
    expect(openEnvelope(snsNotification(job), 'm-1')).toEqual({
      message: { ...job, idempotencyKey: 'sns:sns-1' },
      origin: { way: 'queue', detail: 'sns:sns-1' },
    });
  });

  it.each([job, busEvent, snsNotification])('keeps a key that the sender gave (%#)', (wrap) => {
    const keyed = { ...job, idempotencyKey: 'mine' };
    const body = typeof wrap === 'function' ? wrap(keyed) : keyed;
    expect(openEnvelope(body, 'm-1').message).toEqual(keyed);
  });

  it('knows a schedule of the config by its key', () => {
    const keyed = { ...job, idempotencyKey: 'schedule:nightly:2026-03-01T02:00:00Z' };
    expect(openEnvelope(keyed, 'm-1')).toEqual({
      message: keyed,
      origin: { way: 'schedule', detail: 'nightly' },
    });
  });

  it('knows a reaction of the config by its key: an event asked for the job', () => {
    const keyed = { ...job, idempotencyKey: 'reaction:tag-host:amp/globex/7' };
    expect(openEnvelope(keyed, 'm-1')).toEqual({
      message: keyed,
      origin: { way: 'event', detail: 'reaction:tag-host' },
    });
  });

  it('keeps large integers inside a notification exact', () => {
    const text = '{"type":"a.b","account":"acme","params":{"id":9007199254740993}}';
    expect(openEnvelope(snsNotification(text), 'm-1').message).toMatchObject({
      params: { id: 9007199254740993n },
    });
  });

  it.each([
    ['a notification that holds no JSON', snsNotification('prose'), 'prose'],
    ['an event whose detail is no object', busEvent(7), 7],
    ['an event without detail', busEvent(undefined), undefined],
    ['a list', [1], [1]],
    ['a text', 'prose', 'prose'],
    ['null', null, null],
  ])('hands on what is in %s, to be refused', (_what, body, message) => {
    expect(openEnvelope(body, 'm-1').message).toEqual(message);
  });

  it.each([
    { ...job, Type: 'Notification' },
    { ...job, source: 'x', id: 'y' },
    { Type: 'Notification', Message: 7, MessageId: 'x' },
    { 'detail-type': 'x', source: 'y', detail: {} },
  ])('takes for an envelope only what has all of its marks: %j', (body) => {
    expect(openEnvelope(body, 'm-1').message).toEqual({ ...body, idempotencyKey: 'sqs:m-1' });
  });
});
