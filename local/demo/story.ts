/**
 * The second act: one job of each vendor about the same host, then a detection on it. Cisco AMP has no
 * webhooks, so a poll finds it and tells the bus; two reactions of the config do the rest.
 */
import { isoInstant } from '../../shared/kernel/clock.ts';
import type { SimulatedVendors } from '../stack/simulated-vendors.ts';
import { SHARED_HOSTS } from '../stack/vendor-simulators.ts';
import { acknowledgeAlerts, TENANT_ID, tagHost } from './demo-config.ts';
import type { Seen } from './observe.ts';
import type { PlannedJob } from './plan.ts';
import type { Sender } from './send.ts';

/** A machine that every simulated vendor knows. */
export const [HOST = ''] = SHARED_HOSTS;
/** The detection on this one is not severe enough for a reaction. */
export const [, OTHER_HOST = ''] = SHARED_HOSTS;

/** Both polls find both detections. */
export const DETECTIONS = 2;

/** A job that may not be sent before the story has come so far. */
export interface StoryPlan {
  readonly atOnce: readonly PlannedJob[];
  readonly polls: readonly [PlannedJob, PlannedJob];
  readonly reactions: readonly PlannedJob[];
}

export function planStory(startedAtMs: number): StoryPlan {
  const poll = (cursor: string) =>
    job('amp.events.poll', 'globex', {
      cursor,
      eventTypes: [THREAT_DETECTED],
      since: isoInstant(startedAtMs),
      overlapMinutes: 60,
    });
  return {
    atOnce: [
      {
        label: 'find the device',
        ...job('automox.servers.query', 'acme', { filters: { hostName: HOST } }),
      },
      {
        label: 'find the computer',
        ...job('amp.computers.query', 'globex', { filters: { hostnames: [HOST] } }),
      },
      { label: 'report an alert', ...job('opsramp.alert.create', 'contoso', alert) },
    ],
    polls: [
      { label: 'poll detections', ...poll('detections') },
      { label: 'tell them again', ...poll('told-again') },
    ],
    reactions: [
      { label: 'tag the host', ...reaction(tagHost(HOST)) },
      { label: 'acknowledge alerts', ...reaction(acknowledgeAlerts(HOST)) },
    ],
  };
}

const THREAT_DETECTED = 1_090_519_054;

const alert = {
  serviceName: 'endpoint.protection',
  currentState: 'CRITICAL',
  subject: `Endpoint protection of ${HOST} is unhealthy`,
  device: { hostName: HOST },
  app: 'Sluice demo',
};

const job = (type: string, account: string, params: unknown) => ({
  way: 'http' as const,
  message: { type, account, params },
  expected: 'succeeded' as const,
});

const reaction = (message: PlannedJob['message']) => ({
  way: 'reaction' as const,
  message,
  expected: 'succeeded' as const,
});

export const allJobs = ({ atOnce, polls, reactions }: StoryPlan): readonly PlannedJob[] => [
  ...atOnce,
  ...polls,
  ...reactions,
];

export interface Story {
  /** Goes on where the jobs have come far enough. Gives what it did, for people. */
  advance(seen: Seen): Promise<string | undefined>;
}

/** The vendors as far as the story plays in them. */
export interface Stage {
  hasOpenAlert(): boolean;
  detect(host: string, severity: string): void;
}

interface Step {
  readonly isDue: (seen: Seen) => boolean;
  readonly take: () => Promise<void>;
  readonly told: string;
}

export function createStory({ polls }: StoryPlan, send: Sender, stage: Stage): Story {
  const [first, second] = polls;
  const steps: Step[] = [
    {
      // While the batches of the first act wait for their window.
      isDue: (seen) => isWindowFull(seen) && stage.hasOpenAlert(),
      async take() {
        stage.detect(HOST, 'High');
        stage.detect(OTHER_HOST, 'Medium');
        await send(first);
      },
      told: `Cisco AMP detects a threat on ${HOST} (High) and on ${OTHER_HOST} (Medium)`,
    },
    {
      isDue: (seen) => seen.get(first)?.status === 'succeeded',
      take: () => send(second),
      told: 'A second poll, with a cursor of its own, tells of the same detections again',
    },
  ];
  return {
    async advance(seen) {
      if (!steps[0]?.isDue(seen)) return undefined;
      const step = steps.shift();
      await step?.take();
      return step?.told;
    },
  };
}

/** Only the head of a line asks for a permit; those behind it are still queued. */
const isWindowFull = (seen: Seen): boolean =>
  [...seen.values()].some(
    ({ type, status, waiting }) =>
      type === 'automox.servers.batch' && status === 'waiting' && waiting?.for === 'permit',
  );

export const stageOf = (vendors: Pick<SimulatedVendors, 'simulatorOf'>): Stage => ({
  hasOpenAlert: () =>
    [...vendors.simulatorOf('opsramp').tenant(TENANT_ID).alerts.values()].some(
      ({ alert: { resource, serviceName } }) =>
        resource?.['hostName'] === HOST && serviceName === alert.serviceName,
    ),
  detect: (computer, severity) =>
    void vendors.simulatorOf('amp').business('globex').detect({ computer, severity }),
});
