import { describe, expect, it } from 'vitest';
import { createCloud, obeys } from './cloud.ts';

interface Row {
  readonly policy: { readonly guid: string };
}

describe('AMP PATCH /computers/{guid}', () => {
  it('answers 202 with the new group and the old policy, which follows later', () => {
    const { simulator, call, computer, wait } = createCloud({
      settings: { policyDelayMs: 30_000 },
    });
    const { groups } = simulator.business('acme').state;
    const { guid, groupGuid, policyGuid, product } = computer(obeys);
    const target = groups.values().find((group) => group.guid !== groupGuid);
    const path = `/computers/${guid}`;
    const moved = call('PATCH', path, { body: { group_guid: target?.guid } });
    const expected = { group_guid: target?.guid, policy: { guid: policyGuid } };
    expect(moved).toMatchObject({ status: 202 });
    expect(moved.data()).toMatchObject(expected);
    wait(29_999);
    expect(call('GET', path).data()).toMatchObject(expected);
    wait(1);
    expect(call('GET', path).data<Row>().policy.guid).toBe(target?.policyGuids[product]);
  });

  it('leaves the policy of an offline computer until it is back', () => {
    const { simulator, call, computer, wait } = createCloud();
    const business = simulator.business('acme');
    const { guid, groupGuid, policyGuid } = computer(obeys);
    const target = business.state.groups.values().find((group) => group.guid !== groupGuid);
    business.disconnect(guid);
    call('PATCH', `/computers/${guid}`, { body: { group_guid: target?.guid } });
    const policy = () => call('GET', `/computers/${guid}`).data<Row>().policy.guid;
    wait(20_000);
    business.connect(guid);
    wait(29_999);
    expect(policy()).toBe(policyGuid);
    wait(1);
    expect(policy()).not.toBe(policyGuid);
  });

  it('leaves the policy of a computer that goes offline on the way', () => {
    const { simulator, call, computer, wait } = createCloud();
    const { groups } = simulator.business('acme').state;
    const { guid, groupGuid, policyGuid } = computer(obeys);
    const target = groups.values().find((group) => group.guid !== groupGuid);
    call('PATCH', `/computers/${guid}`, { body: { group_guid: target?.guid } });
    simulator.business('acme').disconnect(guid);
    wait(86_400_000);
    expect(call('GET', `/computers/${guid}`).data<Row>().policy.guid).toBe(policyGuid);
  });

  it.each([
    [{ group_guid: 'none' }, 400],
    [{}, 400],
    [{ group_guid: 'none', hostname: 'x' }, 400],
  ])('refuses %o with %i', (body, status) => {
    const { call, computer } = createCloud();
    expect(call('PATCH', `/computers/${computer().guid}`, { body }).status).toBe(status);
  });

  it('refuses a body that is not JSON, or not said to be', () => {
    const { simulator, call, computer } = createCloud();
    const path = `/computers/${computer().guid}`;
    const type = (contentType: string) => ({ body: {}, headers: { 'content-type': contentType } });
    expect(call('PATCH', path, type('text/plain')).status).toBe(400);
    expect(call('PATCH', path, { body: [] }).status).toBe(400);
    expect(simulator.audit().writes.every(({ effects }) => effects === 0)).toBe(true);
  });
});

describe('AMP DELETE /computers/{guid}', () => {
  it('answers deleted: true, and 404 the second time', () => {
    const { call, computer } = createCloud();
    const path = `/computers/${computer().guid}`;
    expect(call('DELETE', path).data()).toEqual({ deleted: true });
    expect([call('DELETE', path).status, call('GET', path).status]).toEqual([404, 404]);
  });

  it('answers deleted: false for a computer that stays', () => {
    const { simulator, call, computer } = createCloud();
    const { guid } = computer();
    simulator.business('acme').keep(guid);
    const reply = call('DELETE', `/computers/${guid}`);
    expect(reply.status).toBe(200);
    expect(reply.data()).toEqual({ deleted: false });
    expect(call('GET', `/computers/${guid}`).status).toBe(200);
    expect(simulator.audit().writes).toMatchObject([{ effects: 0 }]);
  });

  it('keeps the events of a computer that is gone', () => {
    const { simulator, call, computer } = createCloud();
    const { guid, hostname } = computer();
    simulator.business('acme').detect({ computer: guid });
    call('DELETE', `/computers/${guid}`);
    const [row] = call('GET', '/events').data<{ computer: { hostname: string } }[]>();
    expect(row?.computer.hostname).toBe(hostname);
  });
});
