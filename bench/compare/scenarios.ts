/** The work that every row is given, and what goes wrong meanwhile. Lengths of time are in windows. */

export interface JobWish {
  readonly atWindows: number;
  readonly tenant: string;
  readonly urgent: boolean;
}

/** Simulated hours are cheap, real seconds are not. */
export type Scale = 'virtual' | 'real';

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly jobs: (scale: Scale) => readonly JobWish[];
  /** The way to the vendor takes up to this much longer, evenly spread. */
  readonly jitterWindows: number;
  /** One answer of a hundred is this late. */
  readonly slowWindows?: number;
  readonly kills?: Kills;
  readonly storeDown?: Span;
  /** Every call in this span is answered 429 with the seconds that are left of it. */
  readonly storm?: Span;
  /** Whether there is a backlog throughout, so that a rate says something. */
  readonly backlog: boolean;
  /** When the run ends, whatever is still open then. */
  readonly endsAfterWindows: Readonly<Record<Scale, number>>;
}

/** A worker is killed somewhere in every nth window, so many times. */
export interface Kills {
  readonly everyWindows: number;
  readonly times: Readonly<Record<Scale, number>>;
}

export interface Span {
  readonly fromWindows: number;
  readonly toWindows: number;
}

export const scenarioNames = [
  'steady',
  'edge',
  'idle-burst',
  'jitter-1',
  'jitter-5',
  'slow',
  'kill',
  'store-restart',
  'tenants',
  'storm',
  'urgent',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export const LIMIT = 5;
export const SMALL_TENANT = 'small';

/**
 * Who comes to a window's edge finds places that are about to come free, and the messages that were
 * hidden for a window about to return: a second earlier or later its wait would be another one.
 */
const MIDDLE_OF_A_WINDOW = 1.5;

/** The usual jitter: what a healthy network has. */
const CALM = 0.0005;

const queued = (count: number, tenant = 'large', atWindows = 0): JobWish[] =>
  Array.from({ length: count }, () => ({ atWindows, tenant, urgent: false }));

const backlogOf = (scale: Scale): JobWish[] => queued(scale === 'virtual' ? 300 : 40);

const ENDS = { virtual: 90, real: 14 };

export const scenarios: readonly Scenario[] = [
  {
    name: 'steady',
    title: 'steady backlog',
    jobs: backlogOf,
    jitterWindows: CALM,
    backlog: true,
    endsAfterWindows: ENDS,
  },
  {
    name: 'edge',
    title: '1 call, 4 just before the edge of its window, 5 just after',
    jobs: (scale) => Array.from({ length: scale === 'virtual' ? 10 : 2 }, (_, i) => edge(i)).flat(),
    jitterWindows: CALM,
    backlog: false,
    endsAfterWindows: { virtual: 60, real: 20 },
  },
  {
    name: 'idle-burst',
    title: 'a burst, three idle windows, a burst',
    jobs: (scale) =>
      [0, 5, 10].slice(0, scale === 'virtual' ? 3 : 2).flatMap((at) => queued(10, 'large', at)),
    jitterWindows: CALM,
    backlog: false,
    endsAfterWindows: ENDS,
  },
  {
    name: 'jitter-1',
    title: 'the way to the vendor jitters by 1 % of the window',
    jobs: backlogOf,
    jitterWindows: 0.01,
    backlog: true,
    endsAfterWindows: ENDS,
  },
  {
    name: 'jitter-5',
    title: 'the way to the vendor jitters by 5 % of the window',
    jobs: backlogOf,
    jitterWindows: 0.05,
    backlog: true,
    endsAfterWindows: ENDS,
  },
  {
    name: 'slow',
    title: '1 % of the answers a quarter of a window late',
    jobs: backlogOf,
    jitterWindows: CALM,
    slowWindows: 0.25,
    backlog: true,
    endsAfterWindows: ENDS,
  },
  {
    name: 'kill',
    title: 'SIGKILL of a worker every third window, four tenants',
    jobs: (scale) =>
      backlogOf(scale).map((wish, index) => ({ ...wish, tenant: `tenant-${index % 4}` })),
    jitterWindows: CALM,
    kills: { everyWindows: 3, times: { virtual: 15, real: 3 } },
    backlog: true,
    endsAfterWindows: { virtual: 120, real: 120 },
  },
  {
    name: 'store-restart',
    title: 'the store is down for half a window',
    jobs: backlogOf,
    jitterWindows: CALM,
    storeDown: { fromWindows: 3.8, toWindows: 4.3 },
    backlog: true,
    endsAfterWindows: { virtual: 90, real: 40 },
  },
  {
    name: 'tenants',
    title: 'two tenants, 100 jobs to 1',
    jobs: (scale) =>
      scale === 'virtual'
        ? [...queued(300), ...queued(3, SMALL_TENANT, MIDDLE_OF_A_WINDOW)]
        : [...queued(100), ...queued(1, SMALL_TENANT, MIDDLE_OF_A_WINDOW)],
    jitterWindows: CALM,
    backlog: true,
    endsAfterWindows: { virtual: 90, real: 30 },
  },
  {
    name: 'storm',
    title: 'two windows of 429 with Retry-After',
    jobs: backlogOf,
    jitterWindows: CALM,
    storm: { fromWindows: 3, toWindows: 5 },
    backlog: true,
    endsAfterWindows: ENDS,
  },
  {
    name: 'urgent',
    title: 'one urgent job behind 1,000',
    jobs: () => [...queued(1_000), { atWindows: 2.5, tenant: 'large', urgent: true }],
    jitterWindows: CALM,
    backlog: false,
    endsAfterWindows: { virtual: 12, real: 16 },
  },
];

/** Four windows apart, so that each finds everything free. */
const edge = (round: number): JobWish[] => [
  ...queued(1, 'large', round * 5),
  ...queued(LIMIT - 1, 'large', round * 5 + 0.96),
  ...queued(LIMIT, 'large', round * 5 + 1.02),
];
