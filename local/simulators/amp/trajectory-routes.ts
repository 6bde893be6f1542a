/** What happened on one computer, events and the files that ran there, newest first. */
import { minutes } from '../../../shared/kernel/duration.ts';
import type { WireResponse } from '../frame/wire.ts';
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { computerOf } from './computer-routes.ts';
import { computerDetail } from './computer-row.ts';
import { okAnswer } from './envelope.ts';
import { type AmpEvent, fileOf } from './events.ts';
import { parseLimit } from './paging.ts';
import { requiredText, secondsOf } from './query.ts';
import { type Computer, offsetDate, type World } from './world.ts';

/** Without an id, and not always with the id of a type. */
type Step = Partial<Omit<AmpEvent, 'id' | 'computer'>> & {
  readonly timestamp: number;
  readonly user_name?: string;
};

const QUERY = ['q', 'limit', 'start_time', 'end_time'];
const PROGRAMS = ['chrome', 'outlook', 'powershell', 'svchost', 'excel', 'teams'];
const PROGRAM_RUNS = 60;

export const trajectoryRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/computers/:guid/trajectory', { query: QUERY }, (call) => {
    const wanted = call.query.get('q')?.toLowerCase();
    return trajectory(world, call, (step) => wanted === undefined || mentions(step, wanted));
  }),
  ampRoute(world, 'GET', '/computers/:guid/user_trajectory', { query: QUERY }, (call) => {
    const user = requiredText(call, 'q');
    return trajectory(world, call, ({ user_name }) => user_name === user);
  }),
];

function trajectory(world: World, call: AmpCall, isWanted: (step: Step) => boolean): WireResponse {
  const computer = computerOf(call);
  const start = secondsOf(call, 'start_time') ?? Number.NEGATIVE_INFINITY;
  const end = secondsOf(call, 'end_time') ?? Number.POSITIVE_INFINITY;
  const events = [...reported(call, computer), ...programRuns(computer)]
    .filter((step) => step.timestamp >= start && step.timestamp <= end && isWanted(step))
    .toSorted((a, b) => b.timestamp - a.timestamp)
    .slice(0, parseLimit(call, world.settings));
  return okAnswer(call, { computer: computerDetail(call, call.business, computer), events });
}

const reported = ({ business }: AmpCall, computer: Computer): Step[] =>
  business.events
    .filter(({ connector_guid }) => connector_guid === computer.guid)
    .map(({ id, computer: _, ...step }) => step);

function programRuns({ users, installedAtMs }: Computer): Step[] {
  return Array.from({ length: PROGRAM_RUNS }, (_, index) => {
    const atMs = installedAtMs + minutes(7 * index);
    return {
      timestamp: Math.floor(atMs / 1_000),
      timestamp_nanoseconds: 0,
      date: offsetDate(atMs),
      event_type: 'Executed by',
      ...(users[0] === undefined ? {} : { user_name: users[0] }),
      file: { ...fileOf(PROGRAMS[index % PROGRAMS.length] ?? 'sh'), disposition: 'Clean' },
    };
  });
}

const mentions = ({ file, detection, user_name, network_info }: Step, text: string): boolean =>
  [
    file?.identity.sha256,
    file?.file_name,
    detection,
    user_name,
    network_info?.remote_ip,
    network_info?.dirty_url,
  ].some((value) => value?.toLowerCase() === text);
