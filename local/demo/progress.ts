/** Live progress: a table that redraws itself on a terminal, a line for each change elsewhere. */
import { count } from '../../shared/jobs/count.ts';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { allFinished, type Seen } from './observe.ts';
import type { PlannedJob } from './plan.ts';

export interface Progress {
  show(seen: Seen): void;
  /** Something that happened outside of Sluice. */
  tell(text: string): void;
}

export type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'write'>;

/** A table that is higher than the terminal cannot be drawn over. */
const OTHER_ROWS = 2;

export function createProgress(
  plan: readonly PlannedJob[],
  out: Output,
  elapsedMs: () => number,
): Progress {
  const fits = out.isTTY && out.rows >= plan.length + OTHER_ROWS;
  return fits ? redrawing(plan, out, elapsedMs) : appending(plan, out, elapsedMs);
}

function redrawing(plan: readonly PlannedJob[], out: Output, elapsedMs: () => number): Progress {
  let drawn = 0;
  let shown: Seen = new Map();
  const draw = (above: readonly string[]): void => {
    const lines = [elapsed(elapsedMs), ...plan.map((planned) => row(planned, shown.get(planned)))];
    if (drawn > 0) out.write(`\u001b[${drawn}A`);
    for (const line of [...above, ...lines]) {
      out.write(`\u001b[2K${line.slice(0, (out.columns ?? 120) - 1)}\n`);
    }
    drawn = lines.length;
  };
  return {
    show(seen) {
      shown = seen;
      draw([]);
    },
    tell: (text) => draw([`${elapsed(elapsedMs)}  ${text}`]),
  };
}

/** With nothing to tell, it says so often that it is still there. */
const QUIET_MAX_MS = seconds(10);

function appending(plan: readonly PlannedJob[], out: Output, elapsedMs: () => number): Progress {
  const told = new Map<PlannedJob, string>();
  let toldAtMs = elapsedMs();
  const tell = (text: string): void => {
    toldAtMs = elapsedMs();
    out.write(`${elapsed(elapsedMs)}  ${text}\n`);
  };
  return {
    tell,
    show(seen) {
      for (const planned of plan) {
        const job = seen.get(planned);
        const line = row(planned, job);
        if (job && told.get(planned) !== line) {
          told.set(planned, line);
          tell(line);
        }
      }
      if (elapsedMs() - toldAtMs >= QUIET_MAX_MS) tell(`… ${openJobs(plan, seen)} not done yet`);
    },
  };
}

const openJobs = (plan: readonly PlannedJob[], seen: Seen): string => {
  const open = plan.filter((planned) => !allFinished(seen, [planned]));
  return count(open.length, 'job');
};

const elapsed = (elapsedMs: () => number): string =>
  `${(elapsedMs() / 1000).toFixed(1).padStart(6)} s`;

function row({ label, way }: PlannedJob, job: JobView | undefined): string {
  return `${label.padEnd(18)} ${way.padEnd(9)} ${state(job)}`;
}

/** The job's state; where it waits, what for and until when. */
function state(job: JobView | undefined): string {
  if (!job) return 'not there yet';
  if (job.status === 'waiting' && job.waiting) {
    const { for: reason, budget, until } = job.waiting;
    const whose = budget === undefined ? '' : ` of ${budget}`;
    return `waiting     for ${reason}${whose} until ${until.slice(11, 21)}`;
  }
  const text = job.summary ?? job.error?.message ?? '';
  return `${job.status.padEnd(11)} ${text}`.trimEnd();
}
