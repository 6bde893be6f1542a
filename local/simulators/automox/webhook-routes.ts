/** The console's webhook subscriptions. A secret is shown once, when it is made. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { problem, problemWithErrors, refuse, timestampedError } from './errors.ts';
import { type AutomoxRoute, type Body, type OrgCall, parseBody, uuidRoute } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import { isEventTypes } from './webhook-event-types.ts';
import type { Webhook, World } from './world.ts';

const WEBHOOKS_MAX = 5;
const ALL = '/organizations/:orgUuid/webhooks';
const ONE = `${ALL}/:id`;

export const webhookRoutes = (world: World): AutomoxRoute[] => [
  uuidRoute(world, 'GET', ALL, (call) => jsonResponse(200, listWebhooks(world, call))),
  uuidRoute(world, 'POST', ALL, (call) => {
    const { org, wrote } = call;
    if (org.webhooks.size >= WEBHOOKS_MAX) {
      return problem(409, `An organization has ${WEBHOOKS_MAX} webhooks at most`, call.path);
    }
    const id = `wh-${world.nextId()}`;
    const fields = parseWebhook(parseBody(call));
    const secret = newSecret(world);
    const webhook: Webhook = { id, ...fields, secrets: [secret], deliveries: [] };
    org.webhooks.set(id, webhook);
    wrote(1);
    return jsonResponse(201, { data: { ...webhookRow(webhook), secret } });
  }),
  uuidRoute(world, 'GET', ONE, (call) => jsonResponse(200, { data: webhookRow(getWebhook(call)) })),
  ...['PUT', 'PATCH'].map((method) =>
    uuidRoute(world, method, ONE, (call) => {
      const webhook = getWebhook(call);
      const before = method === 'PATCH' ? webhookRow(webhook) : {};
      Object.assign(webhook, parseWebhook({ ...before, ...parseBody(call) }));
      call.wrote(1);
      return jsonResponse(200, { data: webhookRow(webhook) });
    }),
  ),
  uuidRoute(world, 'DELETE', ONE, (call) => {
    call.org.webhooks.delete(getWebhook(call).id);
    call.wrote(1);
    return emptyResponse(204);
  }),
  uuidRoute(world, 'POST', `${ONE}/test`, (call) => {
    const delivery = { id: world.nextId(), eventType: 'test', status: 'delivered' };
    getWebhook(call).deliveries.push(delivery);
    call.wrote(1);
    return jsonResponse(200, { data: delivery });
  }),
  uuidRoute(world, 'POST', `${ONE}/secret/rotate`, (call) => {
    const webhook = getWebhook(call);
    const secret = newSecret(world);
    webhook.secrets.push(secret);
    call.wrote(1);
    return jsonResponse(200, { data: { id: webhook.id, secret } });
  }),
  uuidRoute(world, 'GET', `${ONE}/deliveries`, (call) => {
    const { deliveries } = getWebhook(call);
    const data = pageOf(deliveries, parsePage(call.query));
    return jsonResponse(200, { data, meta: { cursor: null, total: deliveries.length } });
  }),
];

/** The cursor is the id of the last webhook shown; only the console knows that. Throws Refusal. */
function listWebhooks({ settings }: World, { org, query }: OrgCall): object {
  const rows = [...org.webhooks.values()];
  const cursor = query.get('cursor');
  const after = cursor === null ? -1 : rows.findIndex(({ id }) => cursorOf(id) === cursor);
  if (cursor !== null && after === -1) {
    refuse(problemWithErrors(400, [{ field: 'cursor', message: 'is not a cursor' }]));
  }
  const page = rows.slice(after + 1, after + 1 + settings.webhookPageRows);
  const last = page.at(-1);
  const more = last !== undefined && last !== rows.at(-1);
  return { data: page.map(webhookRow), nextCursor: more ? cursorOf(last.id) : null };
}

const cursorOf = (id: string): string => Buffer.from(`after ${id}`).toString('base64url');

const newSecret = (world: World): string => sha256Hex(`webhook secret ${world.nextId()}`);

const webhookRow = ({ id, name, url, eventTypes, enabled }: Webhook): Body => ({
  id,
  name,
  url,
  eventTypes,
  enabled,
});

function getWebhook({ org, params, nowMs, path }: OrgCall): Webhook {
  return org.webhooks.get(params['id'] ?? '') ?? refuse(timestampedError(404, nowMs, path));
}

/** Throws Refusal with 400. */
function parseWebhook(body: Body): Pick<Webhook, 'name' | 'url' | 'eventTypes' | 'enabled'> {
  const { name, url, eventTypes, enabled = true } = body;
  const isHttps = typeof url === 'string' && URL.parse(url)?.protocol === 'https:';
  const rows: readonly [field: string, holds: boolean, message: string][] = [
    ['name', typeof name === 'string' && name !== '', 'is required'],
    ['url', isHttps, 'must be an https URL'],
    ['eventTypes', isEventTypes(eventTypes), 'must name event types'],
    ['enabled', typeof enabled === 'boolean', 'must be a boolean'],
  ];
  const errors = rows.flatMap(([field, holds, message]) => (holds ? [] : [{ field, message }]));
  if (errors.length > 0) refuse(problemWithErrors(400, errors));
  return { name, url, eventTypes, enabled } as Pick<
    Webhook,
    'name' | 'url' | 'eventTypes' | 'enabled'
  >;
}
