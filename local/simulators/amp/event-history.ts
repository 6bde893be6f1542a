/** What happened in a business before the simulator started: short stories, each within a second. */
import { days } from '../../../shared/kernel/duration.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Random } from '../../../shared/kernel/random.ts';
import { pick } from '../frame/sampling.ts';
import { EVENT } from './event-types.ts';
import { type EventDetails, fileOf, recordEvent } from './events.ts';
import type { Business, Computer, World } from './world.ts';

export interface History {
  readonly events: number;
  /** The last event is no later than this. */
  readonly endsAtMs: number;
  readonly random: Random;
}

/** Listed as often as each is common. The events of a story share their detection id. */
const STORIES: readonly (readonly number[])[] = [
  [EVENT.threatDetected, EVENT.threatQuarantined],
  [EVENT.threatDetected, EVENT.threatQuarantined],
  [EVENT.threatDetected, EVENT.quarantineFailure],
  [EVENT.executionBlocked],
  [EVENT.executedMalware],
  [EVENT.cloudIoc],
  [EVENT.vulnerableApplication],
  [EVENT.scanStarted, EVENT.scanClean],
  [EVENT.scanStarted, EVENT.scanDetections],
  [EVENT.policyUpdate],
  [EVENT.policyUpdate],
  [EVENT.quarantineUndelivered],
];

const CONTENTS = ['invoice', 'setup', 'wp-update', 'rechnung', 'cobalt', 'miner'];
const HISTORY_MS = days(30);

export function addHistory(world: World, business: Business, history: History): void {
  const { events, endsAtMs, random } = history;
  const fleet = [...business.computers.values()];
  if (fleet.length === 0) return;
  const stories = pickStories(events, random);
  const times = stories.map(() => endsAtMs - Math.floor(random() * HISTORY_MS));
  times.sort((a, b) => a - b);
  for (const [index, atMs] of times.entries()) {
    const computer = pick(random, fleet);
    const content = pick(random, CONTENTS);
    for (const typeId of stories[index] ?? []) {
      recordEvent(world, business, { typeId, atMs, ...detailsOf(typeId, computer, content, atMs) });
    }
  }
}

/** Stories of exactly `events` events together: the last one may stop short. */
function pickStories(events: number, random: Random): (readonly number[])[] {
  const stories: (readonly number[])[] = [];
  for (let left = events; left > 0; left -= stories.at(-1)?.length ?? 0) {
    stories.push(pick(random, STORIES).slice(0, left));
  }
  return stories;
}

/** What an event of this type tells: few fields are in all of them, and some have no computer. */
export function detailsOf(
  typeId: number,
  computer: Computer,
  content: string,
  atMs: number,
): EventDetails {
  const detection_id = BigInt(`0x${sha256Hex(`${computer.guid} ${atMs}`).slice(0, 15)}`).toString();
  const file = fileOf(content);
  const threat = { detection: `W32.${content}.Gen`, detection_id, file };
  const error = { error_code: 3_221_225_524, description: 'Object name not found' };
  switch (typeId) {
    case EVENT.threatDetected:
    case EVENT.threatQuarantined:
      return { computer, severity: 'Medium', ...threat };
    case EVENT.quarantineFailure:
      return { computer, severity: 'Medium', ...threat, error };
    case EVENT.quarantineUndelivered:
      return { hostname: computer.hostname, error };
    case EVENT.cloudIoc:
      return { computer, severity: 'High', file, network_info: networkInfo(content) };
    case EVENT.policyUpdate:
      return { computer };
    case EVENT.scanStarted:
    case EVENT.scanClean:
    case EVENT.scanDetections:
      return { computer, scan: { description: 'Flash Scan', clean: typeId === EVENT.scanClean } };
    default:
      return { computer, severity: 'High', file };
  }
}

const networkInfo = (content: string): { remote_ip: string; dirty_url: string } => ({
  remote_ip: `198.51.100.${content.length}`,
  dirty_url: `http://${content}.example/gate.php`,
});
