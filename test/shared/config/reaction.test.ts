import { describe, expect, it } from 'vitest';
import { targetInput } from '../../../local/emulators/eventbridge/input-transform.ts';
import { findPlaceholder, Reaction, renderReaction } from '../../../shared/config/reaction.ts';

const job = {
  type: 'automox.servers.batch',
  account: 'acme',
  priority: 'urgent',
  params: {
    select: { hostName: '<$.detail.hostname>', managed: true },
    actions: [{ attribute: 'tags', action: 'apply', value: ['"quoted"'] }],
  },
};

const rendered = (changes: Partial<Reaction> = {}) =>
  renderReaction('tag', Reaction.parse({ on: 'AmpEventFound', job, ...changes }));

/** What EventBridge would send for an event with this detail. */
function sent(detail: object, changes: Partial<Reaction> = {}): unknown {
  const { inputPaths: InputPathsMap, template: InputTemplate } = rendered(changes);
  const InputTransformer = { InputPathsMap, InputTemplate };
  const rule = { name: 'rule', arn: 'arn', atMs: 0 };
  return JSON.parse(targetInput({ InputTransformer }, { detail }, rule));
}

describe('renderReaction', () => {
  it('writes the job message with what the event says, and a key that the event alone decides', () => {
    expect(sent({ id: 'amp/globex/7', hostname: 'web-01' })).toEqual({
      ...job,
      idempotencyKey: 'reaction:tag:amp/globex/7',
      params: { ...job.params, select: { hostName: 'web-01', managed: true } },
    });
  });

  it('lets no text of the event out of its place in the message', () => {
    const hostname = 'x", "mode": "observe';
    expect(sent({ id: '7', hostname })).toMatchObject({
      priority: 'urgent',
      params: { select: { hostName: hostname } },
    });
    expect(sent({ id: '7', hostname })).not.toHaveProperty('mode');
  });

  it('keeps the type of what it takes, lists and numbers too', () => {
    const params = { groups: '<$.detail.groupGuids>', first: ['<$.detail.file.size>'] };
    const detail = { id: '7', groupGuids: ['a', 'b'], file: { size: 12 } };
    expect(sent(detail, { job: { ...job, params } })).toMatchObject({
      params: { groups: ['a', 'b'], first: [12] },
    });
  });

  it('keeps the key that the job names itself', () => {
    const own = { ...job, idempotencyKey: '<$.detail.eventId>' };
    expect(sent({ eventId: '9' }, { job: own })).toMatchObject({ idempotencyKey: '9' });
  });

  it('takes only events of Sluice that have a text in every field that the message takes', () => {
    const any = [{ prefix: '' }];
    expect(rendered().pattern).toEqual({
      source: ['sluice'],
      'detail-type': ['AmpEventFound'],
      detail: { id: any, hostname: any },
    });
  });

  it('leaves as it is what the config asks of a field', () => {
    const when = { hostname: [{ prefix: 'web-' }], file: { disposition: ['Malicious'] } };
    const params = { file: '<$.detail.file.sha256>', host: '<$.detail.hostname>' };
    expect(rendered({ when, job: { ...job, params } }).pattern).toMatchObject({
      detail: {
        hostname: [{ prefix: 'web-' }],
        file: { disposition: ['Malicious'], sha256: [{ prefix: '' }] },
      },
    });
  });

  it('gives the rule a name that AWS takes, however long that of the reaction', () => {
    const { name } = renderReaction('a'.repeat(48), Reaction.parse({ on: 'AmpEventFound', job }));
    expect(name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
  });
});

describe('findPlaceholder', () => {
  it.each([
    ['<$.detail.hostname>', 'hostname'],
    ['<$.detail.file.sha256>', 'file.sha256'],
    ['<$.detail>', undefined],
    ['<$.id>', undefined],
    ['on <$.detail.hostname>', undefined],
    ['<$.detail.a><$.detail.b>', undefined],
    ['<$.detail.a[0]>', undefined],
    ['hostname', undefined],
  ])('of %s is %s', (text, field) => {
    expect(findPlaceholder(text)).toBe(field);
  });
});
