import { describe, expect, it } from 'vitest';
import { createConsole, ORG, type TestConsole } from './console.ts';
import { patchPolicy, softwarePolicy, workletPolicy } from './policy-bodies.ts';

interface PolicyRow {
  readonly id: number;
  readonly name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly server_groups: readonly number[] | null;
}

const listOf = ({ call }: TestConsole): PolicyRow[] => call('GET', '/policies').json();

function create(test: TestConsole, body: object = patchPolicy()): PolicyRow {
  const known = new Set(listOf(test).map(({ id }) => id));
  expect(test.call('POST', '/policies', { body }).status).toBe(201);
  const created = listOf(test).find(({ id }) => !known.has(id));
  if (created === undefined) throw new Error('no policy was created');
  return created;
}

describe('Automox POST /policies', () => {
  it.each([
    ['empty' as const, ''],
    ['{}' as const, '{}'],
  ])('answers 201 with the body %s, no id and no Location', (createdPolicyBody, text) => {
    const { call } = createConsole({ settings: { createdPolicyBody } });
    const reply = call('POST', '/policies', { body: patchPolicy() });
    expect(reply).toMatchObject({ status: 201, text });
    expect(reply.headers).not.toHaveProperty('location');
  });

  it.each([
    ['patch', patchPolicy()],
    ['worklet', workletPolicy()],
    ['required software', softwarePolicy()],
  ])('stores a %s policy that can be found by its name', (_, body) => {
    const created = create(createConsole(), body);
    expect(created).toMatchObject({ ...body, server_groups: null });
  });

  it('keeps the unknown keys of a configuration, and gives its own id, uuid and dates', () => {
    const alien = { is_patch_tuesday: true, patch_tuesday_offset: 3, secrets: { A: { id: 1 } } };
    const claims = {
      id: 1,
      uuid: 'mine',
      create_time: '2019-09-20T21:16:34+0000',
      server_count: 9,
    };
    const created = create(createConsole(), patchPolicy(claims, alien));
    expect(created.configuration).toMatchObject(alien);
    expect(created).toMatchObject({ create_time: '2026-03-28T15:52:47+0000', server_count: 0 });
    expect(created.id).not.toBe(1);
    expect(created).not.toHaveProperty('uuid', 'mine');
  });

  it('refuses a name that another policy has', () => {
    const test = createConsole();
    create(test);
    const again = test.call('POST', '/policies', { body: patchPolicy() });
    expect(again.status).toBe(400);
    expect(again.json()).toEqual({ errors: ['A policy with this name already exists'] });
    expect(test.simulator.audit().writes).toMatchObject([{ effects: 1 }, { effects: 0 }]);
  });

  it('fails with 500 on a body copied from a template', () => {
    const { call } = createConsole();
    const body = patchPolicy({ policy_template_id: 5 });
    expect(call('POST', '/policies', { body }).status).toBe(500);
  });

  it('lists by name, by pages, with an empty one after an exact multiple', () => {
    const { call } = createConsole();
    const names = (page: number): string[] =>
      call('GET', '/policies', { query: { limit: 2, page } })
        .json<PolicyRow[]>()
        .map(({ name }) => name);
    const all = [...names(0), ...names(1)];
    expect(all).toHaveLength(4);
    expect(all).toEqual(all.toSorted());
    expect(names(2)).toEqual([]);
  });
});

describe('Automox PUT /policies/{id}', () => {
  it('replaces the policy and answers 204', () => {
    const test = createConsole();
    const { id } = create(test, patchPolicy({}, { auto_reboot: true }));
    const [group] = test.simulator.org(ORG).groups.keys();
    const body = patchPolicy({ id, notes: 'changed', server_groups: [group] });
    expect(test.call('PUT', `/policies/${id}`, { body })).toMatchObject({ status: 204, text: '' });
    const after = test.call('GET', `/policies/${id}`).json<PolicyRow>();
    expect(after).toMatchObject({ notes: 'changed', server_groups: [group] });
    expect(after.configuration).not.toHaveProperty('auto_reboot');
  });

  it('accepts what it gave, unchanged', () => {
    const test = createConsole();
    for (const before of listOf(test)) {
      const path = `/policies/${before.id}`;
      expect(test.call('PUT', path, { body: before }).status).toBe(204);
      expect(test.call('GET', path).json()).toEqual(before);
    }
  });

  it('takes a body without the id for a new policy of the same name', () => {
    const test = createConsole();
    const { id } = create(test);
    const reply = test.call('PUT', `/policies/${id}`, { body: patchPolicy() });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('already exists');
  });

  it('answers 404 for a policy that is absent, and to a second delete', () => {
    const test = createConsole();
    const { id } = create(test);
    expect(test.call('PUT', '/policies/5', { body: patchPolicy({ id: 5 }) }).status).toBe(404);
    expect(test.call('DELETE', `/policies/${id}`).status).toBe(204);
    expect(test.call('DELETE', `/policies/${id}`).status).toBe(404);
  });
});
