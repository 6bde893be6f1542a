/** The knowledge base. */
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { zonedDate } from './dates.ts';
import { refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import {
  getNamed,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const ONE = '/kb/article/:id';

export const articleRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/kb/articles/search', (call) =>
    searchPage(call, call.tenant.shelves.articles.values(), {
      keys: { subject: has('subject'), state: has('state') },
      show: ({ comments, ...row }) => row,
    }),
  ),
  tenantRoute(world, 'GET', '/kb/categories/search', (call) =>
    searchPage(call, call.tenant.shelves.articleCategories.values(), { keys: {}, pageSize: 20 }),
  ),
  tenantRoute(world, 'GET', ONE, (call) => jsonResponse(200, getArticle(call))),
  tenantRoute(world, 'POST', '/kb/article', (call) => {
    const body = parseBody(call);
    refuseIfAny(missingTexts(body, 'subject', 'content'));
    const id = `KB${String(world.nextId()).padStart(10, '0')}`;
    const createdDate = zonedDate(call.nowMs);
    const article = { state: 'PUBLISHED', ...body, id, createdDate, comments: [] };
    call.tenant.shelves.articles.set(id, article);
    call.wrote(1);
    return jsonResponse(200, article);
  }),
  tenantRoute(world, 'POST', ONE, (call) => {
    const { id, comments, ...changed } = parseBody(call);
    const article = Object.assign(getArticle(call), changed);
    call.wrote(1);
    return jsonResponse(200, article);
  }),
  tenantRoute(world, 'POST', `${ONE}/comment`, (call) => {
    const body = parseBody(call);
    refuseIfAny(missingTexts(body, 'comment'));
    const id = String(world.nextId());
    const comment = { id, comment: body['comment'], createdDate: zonedDate(call.nowMs) };
    commentsOf(call).push(comment);
    call.wrote(1);
    return jsonResponse(200, comment);
  }),
  tenantRoute(world, 'GET', `${ONE}/comments`, (call) => jsonResponse(200, commentsOf(call))),
  tenantRoute(world, 'DELETE', `${ONE}/delete`, (call) => {
    call.tenant.shelves.articles.delete(String(getArticle(call)['id']));
    call.wrote(1);
    return emptyResponse(200);
  }),
];

const getArticle = (call: TenantCall): Row => getNamed(call, call.tenant.shelves.articles);

const commentsOf = (call: TenantCall): Row[] => getArticle(call)['comments'] as Row[];
