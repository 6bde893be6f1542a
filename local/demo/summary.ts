/** The end of the demo: what became of each job, what the vendors counted, and whether it is as it should be. */
import { minutes } from '../../shared/kernel/duration.ts';
import type { Audit } from '../simulators/frame/simulator.ts';
import { FLEET_DEVICES } from './demo-config.ts';
import type { Seen } from './observe.ts';
import { BATCH_JOBS, type PlannedJob } from './plan.ts';
import { table } from './table.ts';

export interface Check {
  readonly text: string;
  readonly holds: boolean;
}

export function describeOutcomes(plan: readonly PlannedJob[], seen: Seen): string {
  const rows = plan.map((planned) => {
    const job = seen.get(planned);
    const waited = job ? `${(job.waitedMs / 1000).toFixed(1)} s` : '';
    const said = job?.summary ?? job?.error?.message ?? '';
    return [planned.label, planned.way, job?.status ?? 'missing', waited, shorten(said)];
  });
  return table(['job', 'way in', 'outcome', 'waited', 'what it says'], rows);
}

const SAID_CHARACTERS_MAX = 90;

const shorten = (text: string): string =>
  text.length <= SAID_CHARACTERS_MAX ? text : `${text.slice(0, SAID_CHARACTERS_MAX - 1)}…`;

/** The limits that any request fell under. */
export function describeLimits(audits: readonly Audit[]): string {
  const rows = audits.flatMap(({ vendor, limits }) =>
    Object.entries(limits)
      .filter(([, { arrivals }]) => arrivals > 0)
      .map(([name, it]) => [
        `${vendor} ${name}`,
        `${it.limit} in ${it.windowMs / 1000} s`,
        String(it.fullest),
        String(it.arrivals),
        String(it.refused),
      ]),
  );
  return table(['limit of the vendor', 'allows', 'fullest window', 'requests', '429s'], rows);
}

/** Those of the first act, and the reaction that tags. */
const PACED_JOBS = BATCH_JOBS + 1;
const AT_ONCE = 5;

/** By the instants at which the vendor got them, of which the sixth is a full window after the first. */
function wentInTwoLots(audits: readonly Audit[]): boolean {
  const calls = audits.flatMap(({ writes }) =>
    writes.filter(({ operation }) => operation === 'POST /servers/batch').map(({ atMs }) => atMs),
  );
  const sinceFirstMs = calls.toSorted((a, b) => a - b).map((atMs) => atMs - Math.min(...calls));
  const soon = sinceFirstMs.filter((ms) => ms < minutes(1));
  return calls.length === PACED_JOBS && soon.length === AT_ONCE;
}

export function checkOutcomes(
  plan: readonly PlannedJob[],
  seen: Seen,
  audits: readonly Audit[],
): Check[] {
  const limits = audits.flatMap((audit) => Object.values(audit.limits));
  const query = [...seen].find(([{ way }]) => way === 'schedule')?.[1];
  const rejected = [...seen].find(([{ expected }]) => expected === 'rejected')?.[1];
  return [
    {
      text: `every job ended as it should (${plan.length} jobs, by every way in)`,
      holds: plan.every((planned) => seen.get(planned)?.status === planned.expected),
    },
    {
      text: 'no window of any limit was fuller than its vendor allows, by the vendor’s own count',
      holds: limits.every((it) => it.fullest <= it.limit),
    },
    { text: 'no vendor answered a 429', holds: limits.every((it) => it.refused === 0) },
    {
      text: `${PACED_JOBS} batch jobs made ${PACED_JOBS} calls: ${AT_ONCE} at once, ${PACED_JOBS - AT_ONCE} when the minute had passed`,
      holds: wentInTwoLots(audits),
    },
    {
      text: `the query returned all ${FLEET_DEVICES} devices`,
      holds: query?.result?.kind === 'object' && query.result.rows === FLEET_DEVICES,
    },
    {
      text: 'the wrong job was recorded, naming each wrong field',
      holds: ['params.devices[0]', 'params.colour', 'params.actions'].every((field) =>
        rejected?.error?.fields?.some((it) => it.field === field),
      ),
    },
  ];
}
