/** Live progress: a table that redraws itself on a terminal, a line for each change elsewhere. */
import type { JobView } from '../../shared/jobs/describe-job.ts';
import type { Seen } from './observe.ts';
import type { PlannedJob } from './plan.ts';

export interface Progress {
  show(seen: Seen): void;
}

export function createProgress(
  plan: readonly PlannedJob[],
  out: NodeJS.WriteStream,
  startedAtMs: number,
): Progress {
  return out.isTTY ? redrawing(plan, out, startedAtMs) : appending(plan, out, startedAtMs);
}

function redrawing(plan: readonly PlannedJob[], out: NodeJS.WriteStream, startedAtMs: number) {
  let drawn = 0;
  return {
    show(seen: Seen) {
      const lines = plan.map((planned) => row(planned, seen.get(planned)));
      if (drawn > 0) out.write(`\u001b[${drawn}A`);
      for (const line of [elapsed(startedAtMs), ...lines]) {
        out.write(`\u001b[2K${line.slice(0, (out.columns ?? 120) - 1)}\n`);
      }
      drawn = lines.length + 1;
    },
  };
}

function appending(plan: readonly PlannedJob[], out: NodeJS.WriteStream, startedAtMs: number) {
  const told = new Map<PlannedJob, string>();
  return {
    show(seen: Seen) {
      for (const planned of plan) {
        const job = seen.get(planned);
        const line = row(planned, job);
        if (job && told.get(planned) !== line) {
          told.set(planned, line);
          out.write(`${elapsed(startedAtMs)}  ${line}\n`);
        }
      }
    },
  };
}

const elapsed = (startedAtMs: number): string =>
  `${((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6)} s`;

function row({ label, way }: PlannedJob, job: JobView | undefined): string {
  return `${label.padEnd(18)} ${way.padEnd(9)} ${state(job)}`;
}

/** The job's state; where it waits, what for and until when. */
function state(job: JobView | undefined): string {
  if (!job) return 'not there yet';
  if (job.status === 'waiting' && job.waiting) {
    const { for: reason, budget = '', until } = job.waiting;
    return `waiting     for ${reason} of ${budget} until ${until.slice(11, 21)}`;
  }
  const text = job.summary ?? job.error?.message ?? '';
  return `${job.status.padEnd(11)} ${text}`.trimEnd();
}
