/** The end of the demo: what became of each job, what the vendor counted, and whether it is as it should be. */
import type { Audit } from '../simulators/frame/simulator.ts';
import type { Seen } from './observe.ts';
import { BATCH_JOBS, FLEET_DEVICES, type PlannedJob } from './plan.ts';

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

export function describeLimits(audit: Audit): string {
  const rows = Object.entries(audit.limits).map(([name, it]) => [
    name,
    `${it.limit} in ${it.windowMs / 1000} s`,
    String(it.fullest),
    String(it.arrivals),
    String(it.refused),
  ]);
  return table(['limit of the vendor', 'allows', 'fullest window', 'requests', '429s'], rows);
}

export function checkOutcomes(plan: readonly PlannedJob[], seen: Seen, audit: Audit): Check[] {
  const limits = Object.entries(audit.limits);
  const paced = audit.limits['servers.batch'];
  const query = [...seen].find(([{ way }]) => way === 'schedule')?.[1];
  const rejected = [...seen].find(([{ expected }]) => expected === 'rejected')?.[1];
  const waited = plan.filter(({ label, way }) => label.startsWith('tag') || way === 'webhook');
  const paceMs = waited.filter((planned) => (seen.get(planned)?.waitedMs ?? 0) > 30_000).length;
  return [
    {
      text: `every job ended as it should (${plan.length} jobs, by every way in)`,
      holds: plan.every((planned) => seen.get(planned)?.status === planned.expected),
    },
    {
      text: 'no window of any limit was fuller than the vendor allows, by its own count',
      holds: limits.every(([, it]) => it.fullest <= it.limit),
    },
    { text: 'the vendor answered no 429', holds: limits.every(([, it]) => it.refused === 0) },
    {
      text: `${BATCH_JOBS} batch jobs made ${BATCH_JOBS} calls; 5 went at once, ${BATCH_JOBS - 5} waited for the window`,
      holds: paced?.arrivals === BATCH_JOBS && paceMs === BATCH_JOBS - 5,
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

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
