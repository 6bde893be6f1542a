/** What may go wrong with one request, and what a job may make of it. */
import type { Simulator } from '../../local/simulators/frame/simulator.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';

type FaultInput = Parameters<Simulator['faults']['add']>[0]['fault'];

export interface Trouble {
  readonly name: string;
  readonly fault: FaultInput;
  /**
   * - `wait`: the job comes back later, and nothing else
   * - `passing`: the vendor did not act and may act another time
   * - `lost`: the vendor acted, and its answer says nothing
   * - `unread`: a read whose success cannot be read; of a write nobody would know
   * - `refusal`: the vendor did not act and will not
   */
  readonly kind: 'wait' | 'passing' | 'lost' | 'unread' | 'refusal';
  /** The status was read, and says that a write took effect. */
  readonly counts?: true;
  /** Of a job that fails of it. */
  readonly code: ErrorCode;
}

/** A status that a vendor documents, and the code that its answer has. */
export type DocumentedStatus = readonly [status: number, code: ErrorCode, body?: string];

const UNWELL = 'provider.unavailable';

export const commonTroubles: readonly Trouble[] = [
  {
    ...{ name: '429', kind: 'wait', code: 'provider.throttled' },
    fault: { kind: 'throttle', retryAfterSeconds: 7 },
  },
  {
    ...{ name: '429 without a time', kind: 'wait', code: 'provider.throttled' },
    fault: { kind: 'throttle' },
  },
  { name: '503', kind: 'passing', code: UNWELL, fault: { kind: 'status', status: 503 } },
  { name: 'HTML with 502', kind: 'passing', code: UNWELL, fault: { kind: 'html', status: 502 } },
  {
    ...{ name: 'a connection cut before it acted', kind: 'passing', code: 'provider.timed-out' },
    fault: { kind: 'cut', acted: false },
  },
  {
    ...{ name: 'HTML with 200', kind: 'lost', code: 'provider.malformed-answer' },
    fault: { kind: 'html', status: 200, acted: true },
  },
  {
    ...{ name: '500 after it acted', kind: 'lost', code: UNWELL },
    fault: { kind: 'status', status: 500, acted: true },
  },
  {
    ...{ name: 'half a body', kind: 'lost', code: 'provider.malformed-answer', counts: true },
    fault: { kind: 'half-body' },
  },
  {
    ...{ name: 'a connection cut after it acted', kind: 'lost', code: 'provider.timed-out' },
    fault: { kind: 'cut' },
  },
  {
    ...{ name: 'silence', kind: 'lost', code: 'provider.timed-out' },
    fault: { kind: 'silence' },
  },
  {
    ...{ name: 'a body that never ends', kind: 'unread', code: 'provider.malformed-answer' },
    fault: { kind: 'huge-body', bytes: 26_000_000 },
  },
];

export const troubleOf = ([status, code, body]: DocumentedStatus): Trouble => ({
  name: `${status}${body === undefined ? '' : ` ${body}`}`,
  fault: body === undefined ? { kind: 'status', status } : { kind: 'raw', status, body },
  kind: code === UNWELL ? 'passing' : 'refusal',
  code,
});
