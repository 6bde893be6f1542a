/**
 * Jobs of the size of a fleet: what each has to do, and the least calls by which the vendor's API
 * lets that be done. What a job needs beyond the least is here as well, each with its reason.
 */
import type { ProviderName } from '../../shared/config/account.ts';

export interface FleetSizes {
  readonly devices: number;
  readonly alerts: number;
  readonly computers: number;
}

export const FLEET: FleetSizes = { devices: 20_000, alerts: 2_000, computers: 1_000 };

/** So many calls, and for what. */
export type Share = readonly [calls: number, reason: string];

export interface FleetJob {
  readonly label: string;
  readonly provider: ProviderName;
  readonly type: string;
  readonly params: object;
  readonly items: number;
  /** Where it is seen how many are done: the vendor's own state, or the rows of the result. */
  readonly doneBy: 'vendor' | 'result';
  readonly least: readonly Share[];
  readonly beyond: readonly Share[];
}

export const TAG = 'fleet';

/** All three vendors take and give 500 rows a call. */
const ROWS = 500;

const callsFor = (items: number): number => Math.ceil(items / ROWS);

export const callsOf = (shares: readonly Share[]): number =>
  shares.reduce((sum, [calls]) => sum + calls, 0);

export const fleetJobs = ({ devices, alerts, computers }: FleetSizes): readonly FleetJob[] => [
  {
    label: `list ${thousands(devices)} devices`,
    provider: 'automox',
    type: 'automox.servers.query',
    params: {},
    items: devices,
    doneBy: 'result',
    least: [[callsFor(devices), 'pages']],
    beyond: behindFullPage(devices),
  },
  {
    label: `tag ${thousands(devices)} devices`,
    provider: 'automox',
    type: 'automox.servers.batch',
    params: {
      select: { name: '*' },
      actions: [{ attribute: 'tags', action: 'apply', value: [TAG] }],
    },
    items: devices,
    doneBy: 'vendor',
    least: [
      [callsFor(devices), 'pages to choose them'],
      [callsFor(devices), 'batches'],
    ],
    beyond: behindFullPage(devices),
  },
  {
    label: `acknowledge ${thousands(alerts)} alerts`,
    provider: 'opsramp',
    type: 'opsramp.alerts.act',
    params: {
      action: 'acknowledge',
      description: 'Known',
      select: { acknowledged: false },
    },
    items: alerts,
    doneBy: 'vendor',
    least: [
      [1, 'token'],
      [callsFor(alerts), 'pages to choose them'],
      [alerts, 'acknowledgements'],
    ],
    beyond: [],
  },
  {
    label: `isolate ${thousands(computers)} computers`,
    provider: 'amp',
    type: 'amp.computer.isolate',
    params: {
      select: { lastSeenWithinDays: 3_650 },
      atMost: computers,
      followForMinutes: 24 * 60,
    },
    items: computers,
    doneBy: 'vendor',
    least: [
      [callsFor(computers), 'pages to choose them'],
      [computers, 'requests'],
      [callsFor(computers), 'pages to see that they are isolated'],
    ],
    beyond: [],
  },
];

/** Automox links no next page: behind a last one that is full only asking tells. */
const behindFullPage = (devices: number): readonly Share[] =>
  devices % ROWS === 0 ? [[1, 'the page behind a last one that is full']] : [];

const thousands = (count: number): string => count.toLocaleString('en-US');
