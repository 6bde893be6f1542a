/**
 * What a watched job looks like: each new entry of its timeline as a line that stays and, on a
 * terminal, one line below that tells the present state. With --json, one document per change.
 */
import { stringifyJson } from '../shared/kernel/json.ts';
import type { JobView } from './api-views.ts';
import { endRows } from './describe-job.ts';
import { describeDetail } from './describe-status.ts';
import { describeTimeline } from './describe-timeline.ts';
import type { Io } from './io.ts';
import type { Printer } from './printer.ts';
import { alignColumns } from './table.ts';

export interface WatchView {
  show(job: JobView): void;
  end(job: JobView): void;
  /** Takes the line of the present state away. */
  clear(): void;
}

export function createWatchView(io: Io, printer: Printer): WatchView {
  return printer.json ? createDocumentView(printer) : createLineView(io, printer);
}

function createDocumentView({ document }: Printer): WatchView {
  let last: string | undefined;
  return {
    show(job) {
      const text = stringifyJson(job);
      if (text !== last) document(job);
      last = text;
    },
    end: () => {},
    clear: () => {},
  };
}

/** Return to the first column and erase to the end of the line (ECMA-48: CR, EL). */
const ERASE_LINE = '\r\u001b[K';

function createLineView(io: Io, printer: Printer): WatchView {
  const { stdout, clock, terminalColumns } = io;
  const shown = new Set<string>();
  let isLineDrawn = false;
  const clear = (): void => {
    if (isLineDrawn) stdout.write(ERASE_LINE);
    isLineDrawn = false;
  };
  return {
    clear,
    show(job) {
      clear();
      const fresh = job.timeline.filter((entry) => !shown.has(stringifyJson(entry)));
      for (const entry of fresh) shown.add(stringifyJson(entry));
      printer.data(...describeTimeline(fresh));
      if (terminalColumns === undefined) return;
      const state = `${job.status} ${describeDetail(job, clock.nowMs())}`.trimEnd();
      stdout.write(printer.paint('cyan', state.slice(0, terminalColumns - 1)));
      isLineDrawn = true;
    },
    end(job) {
      clear();
      printer.data(...alignColumns(endRows(job)));
    },
  };
}
