import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

const SHA256 = 'AB'.repeat(32);

interface FileList {
  readonly guid: string;
  readonly name: string;
  readonly type: string;
}

function setUp() {
  const cloud = createCloud();
  const lists = cloud.call('GET', '/file_lists/simple_custom_detections').data<FileList[]>();
  const path = `/file_lists/${lists.find(({ name }) => name === 'Quick SCD')?.guid}`;
  const file = `${path}/files/${SHA256}`;
  return { ...cloud, path, file, add: (body = {}) => cloud.call('POST', file, { body }) };
}

describe('AMP file lists', () => {
  it('are listed by kind and found by name', () => {
    const { call } = setUp();
    const names = (kind: string, query = {}) =>
      call('GET', `/file_lists/${kind}`, { query })
        .data<FileList[]>()
        .map(({ name }) => name);
    expect(names('simple_custom_detections')).toEqual(['Quick SCD', 'Regional SCD']);
    expect(names('simple_custom_detections', { 'name[]': 'Regional SCD' })).toHaveLength(1);
    expect(names('application_blocking')).toEqual(['Blocked applications']);
  });

  it('show one of any kind, the renamed kind by its old name or its new', () => {
    const { simulator, call } = setUp();
    const lists = [...simulator.business('acme').state.fileLists.values()];
    const types = lists.map(({ guid }) => call('GET', `/file_lists/${guid}`).data<FileList>().type);
    expect(types).toEqual(
      expect.arrayContaining(['allowed_applications', 'application_whitelist']),
    );
    expect(call('GET', '/file_lists/none').status).toBe(404);
  });

  it('hold their files in items beside the policies, exactly one page of 500', () => {
    const { call, path } = setUp();
    const { data, metadata } = call('GET', `${path}/files`).json<{
      readonly name: string;
      readonly items: object[];
      readonly policies: object[];
    }>();
    expect(data).toMatchObject({ name: 'Quick SCD', policies: expect.anything() });
    expect(data.items).toHaveLength(500);
    expect(metadata.links.next).toBeUndefined();
    expect(metadata.results.total).toBe(500);
    const half = call('GET', `${path}/files`, { query: { limit: 250 } }).json();
    expect(half.metadata.links.next).toContain('offset=250');
  });

  it('take a file with 201 and its hash in lower case, and show it', () => {
    const { call, file, add } = setUp();
    const added = add({ description: 'from an alert' });
    expect(added.status).toBe(201);
    const row = {
      sha256: SHA256.toLowerCase(),
      description: 'from an alert',
      source: 'Created by entering SHA-256 via Public api.',
    };
    expect(added.data()).toMatchObject(row);
    expect(call('GET', file).data()).toMatchObject(row);
  });

  it('answer 409 to a second add, in either case', () => {
    const { call, file, add } = setUp();
    add();
    const again = call('POST', file.toLowerCase());
    expect(again.status).toBe(409);
    expect(again.json().errors).toMatchObject([
      { error_code: 409, details: ['SHA-256 has already been taken'] },
    ]);
  });

  it('answer 200 to a removal and 404 to a second one', () => {
    const { simulator, call, file, add } = setUp();
    add();
    expect(call('DELETE', file)).toMatchObject({ status: 200 });
    const again = call('DELETE', file);
    expect(again.status).toBe(404);
    expect(again.json().errors?.[0]?.details[0]).toMatch(/^Imn File List Item not found/);
    expect(simulator.audit().writes.map(({ effects }) => effects)).toEqual([1, 1, 0]);
  });

  it.each([
    ['what is not a SHA-256', 'files/abc', {}],
    ['an unknown key', `files/${SHA256}`, { note: 'x' }],
    ['a description that is no text', `files/${SHA256}`, { description: 1 }],
  ])('refuse %s with 400', (_, rest, body) => {
    const { call, path } = setUp();
    expect(call('POST', `${path}/${rest}`, { body }).status).toBe(400);
  });
});
