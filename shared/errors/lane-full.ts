import { SluiceError } from './sluice-error.ts';

export interface LaneFullFacts {
  readonly lane: string;
  /** How many jobs wait, about. */
  readonly waiting: number;
  readonly waitingMax: number;
  /** When there is room again, if nobody else takes it. */
  readonly retryAfterMs: number;
  /** When a job that joined the line now would come up: the instant, epoch milliseconds. */
  readonly etaMs: number;
}

/** The lane takes no job for now: one that joined it could outlive the queue before it comes up. */
export class LaneFull extends SluiceError implements LaneFullFacts {
  override readonly name = 'LaneFull';
  readonly lane: string;
  readonly waiting: number;
  readonly waitingMax: number;
  readonly retryAfterMs: number;
  readonly etaMs: number;

  constructor({ lane, waiting, waitingMax, retryAfterMs, etaMs }: LaneFullFacts) {
    super(
      'lane.full',
      `${waiting} jobs wait in the lane of ${lane}, where ${waitingMax} can be served in time: send the job again later`,
    );
    this.lane = lane;
    this.waiting = waiting;
    this.waitingMax = waitingMax;
    this.retryAfterMs = retryAfterMs;
    this.etaMs = etaMs;
  }
}
