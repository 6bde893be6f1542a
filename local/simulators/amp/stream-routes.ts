/** Event streams. The password of the queue is shown once, in the answer that creates it. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { okAnswer, refuse } from './envelope.ts';
import { PAGE, pageAnswer } from './paging.ts';
import type { EventStream, World } from './world.ts';

/** Source: Cisco AMP for Endpoints API: POST /v1/event_streams, "API Limitations". */
const STREAMS_MAX = 5;

const ONE = '/event_streams/:id';
const BODY = { body: ['name', 'event_type', 'group_guid'] };

type StreamFields = Pick<EventStream, 'name' | 'eventTypes' | 'groupGuids'>;

export const streamRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/event_streams', { query: [...PAGE] }, (call) =>
    pageAnswer(call, world.settings, [...call.business.streams.values()], streamRow),
  ),
  ampRoute(world, 'GET', ONE, {}, (call) => okAnswer(call, streamRow(streamOf(call)))),
  ampRoute(world, 'POST', '/event_streams', BODY, (call) => {
    const { streams } = call.business;
    const fields = parseStream(call);
    if (streams.size >= STREAMS_MAX) {
      refuse(call, 400, `The limit of ${STREAMS_MAX} event streams is reached`);
    }
    const id = world.nextNumber();
    const [userName, password] = ['user', 'password'].map((kind) => sha256Hex(`${kind} ${id}`));
    const stream = { id, ...fields, userName: `1-${userName}`, password: `${password}` };
    streams.set(id, stream);
    call.wrote(1);
    return okAnswer(call, streamRow(stream, stream.password), { status: 201 });
  }),
  ampRoute(world, 'PATCH', ONE, BODY, (call) => {
    const stream = streamOf(call);
    Object.assign(stream, parseStream(call, stream));
    call.wrote(1);
    return okAnswer(call, streamRow(stream));
  }),
  ampRoute(world, 'DELETE', ONE, {}, (call) => {
    call.business.streams.delete(streamOf(call).id);
    call.wrote(1);
    return okAnswer(call, {});
  }),
];

function streamOf(call: AmpCall): EventStream {
  const stream = call.business.streams.get(Number(call.params['id']));
  return stream ?? refuse(call, 404, 'Event stream not found');
}

/** What the body leaves out stays as it was. Throws Refusal with 400. */
function parseStream(call: AmpCall, before?: EventStream): StreamFields {
  const { fields } = call;
  const { name = before?.name } = fields;
  const { event_type = before?.eventTypes ?? [], group_guid = before?.groupGuids ?? [] } = fields;
  if (typeof name !== 'string' || name === '') return refuse(call, 400, 'name is required');
  if (!isListOf(event_type, Number.isSafeInteger)) {
    return refuse(call, 400, 'event_type must be a list of integers');
  }
  if (!isListOf(group_guid, (item) => call.business.groups.has(String(item)))) {
    return refuse(call, 400, 'group_guid must be a list of GUIDs of groups');
  }
  return { name, eventTypes: event_type.map(Number), groupGuids: group_guid.map(String) };
}

const isListOf = (
  value: unknown,
  isItem: (item: unknown) => boolean,
): value is readonly unknown[] => Array.isArray(value) && value.every(isItem);

function streamRow({ id, name, eventTypes, groupGuids, userName }: EventStream, password?: string) {
  return {
    id,
    name,
    event_types: eventTypes,
    group_guids: groupGuids,
    amqp_credentials: {
      user_name: userName,
      ...(typeof password === 'string' ? { password } : {}),
      queue_name: `event_stream_${id}`,
      host: 'export-streaming.amp.cisco.com',
      port: '443',
      proto: 'amqps',
    },
  };
}
