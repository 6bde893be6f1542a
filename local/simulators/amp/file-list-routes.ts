/** Lists of files by SHA-256. Adding a second time is 409, removing a second time 404: both are done. */
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { okAnswer, refuse } from './envelope.ts';
import { linkTo } from './links.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { isAmong, listOf, SHA256 } from './query.ts';
import type { FileList, World } from './world.ts';

const ONE = '/file_lists/:guid';
const FILES = `${ONE}/files`;
const FILE = `${FILES}/:sha256`;

export const fileListRoutes = (world: World): AmpRoute[] => [
  ...['simple_custom_detections', 'application_blocking'].map((type) =>
    ampRoute(
      world,
      'GET',
      `/file_lists/${type}`,
      { query: ['name', 'name[]', ...PAGE] },
      (call) => {
        const names = listOf(call, 'name');
        const found = [...call.business.fileLists.values()].filter(
          (list) => list.type === type && isAmong(names, list.name),
        );
        return pageAnswer(call, world.settings, found, (list) => listRow(call, list));
      },
    ),
  ),
  ampRoute(world, 'GET', ONE, {}, (call) => okAnswer(call, listRow(call, fileListOf(call)))),
  ampRoute(world, 'GET', FILES, { query: [...PAGE] }, (call) => {
    const list = fileListOf(call);
    const hashes = [...list.items.keys()];
    const rowOf = (sha256: string) => itemRow(call, list, sha256);
    return pageAnswer(call, world.settings, hashes, rowOf, (items) => ({
      name: list.name,
      guid: list.guid,
      policies: policiesUsing(call, list),
      items,
    }));
  }),
  ampRoute(world, 'GET', FILE, {}, (call) => {
    const list = fileListOf(call);
    return okAnswer(call, itemRow(call, list, existingHash(call, list)));
  }),
  ampRoute(world, 'POST', FILE, { body: ['description'] }, (call) => {
    const list = fileListOf(call);
    const sha256 = hashOf(call);
    const { description = '' } = call.fields;
    if (typeof description !== 'string') refuse(call, 400, 'description must be a string');
    if (list.items.has(sha256)) refuse(call, 409, 'SHA-256 has already been taken');
    list.items.set(sha256, String(description));
    call.wrote(1);
    return okAnswer(call, itemRow(call, list, sha256), { status: 201 });
  }),
  ampRoute(world, 'DELETE', FILE, {}, (call) => {
    const list = fileListOf(call);
    list.items.delete(existingHash(call, list));
    call.wrote(1);
    return okAnswer(call, {});
  }),
];

function fileListOf(call: AmpCall): FileList {
  const list = call.business.fileLists.get(call.params['guid'] ?? '');
  return list ?? refuse(call, 404, 'File list not found');
}

/** In lower case, as it is kept. */
function hashOf(call: AmpCall): string {
  const { sha256 = '' } = call.params;
  return SHA256.test(sha256) ? sha256.toLowerCase() : refuse(call, 400, 'SHA-256 is invalid');
}

function existingHash(call: AmpCall, { items }: FileList): string {
  const sha256 = hashOf(call);
  return items.has(sha256)
    ? sha256
    : refuse(call, 404, `Imn File List Item not found with sha256: ${sha256}`);
}

const listRow = (call: AmpCall, { guid, name, type }: FileList): object => ({
  name,
  guid,
  type,
  links: { file_list: linkTo(call, `/v1/file_lists/${guid}`) },
});

const itemRow = (call: AmpCall, { guid, items }: FileList, sha256: string): object => ({
  sha256,
  description: items.get(sha256),
  source: 'Created by entering SHA-256 via Public api.',
  links: { file_list: linkTo(call, `/v1/file_lists/${guid}`) },
});

const policiesUsing = (call: AmpCall, { guid }: FileList): object[] =>
  [...call.business.policies.values()]
    .filter(({ fileListGuids }) => fileListGuids.includes(guid))
    .map((policy) => ({
      name: policy.name,
      guid: policy.guid,
      links: { policy: linkTo(call, `/v1/policies/${policy.guid}`) },
    }));
