/** What a vendor answers when it refuses or fails. */
import type { WireAnswer } from '../../local/simulators/frame/wire.ts';
import type { VendorFault, VendorPlan } from './plan.ts';

export interface Refusal {
  readonly answer: WireAnswer;
  /** For how long its `retry-after` asks to be left alone, where it says so in earnest. */
  readonly retryAfterMs: number | undefined;
}

type Form = VendorPlan['retryAfter'];

export function refusal(form: Form, seconds: number, nowMs: number): Refusal {
  const date = new Date(nowMs + seconds * 1_000).toUTCString();
  const header = { seconds: String(seconds), date, absent: undefined }[form];
  const answer = whole(429, header === undefined ? {} : { 'retry-after': header });
  const isSaid = form !== 'absent' && seconds >= 0;
  return { answer, retryAfterMs: isSaid ? seconds * 1_000 : undefined };
}

export const throttling = (
  { retryAfterSeconds: seconds, form }: Extract<VendorFault, { kind: 'throttle' }>,
  nowMs: number,
): Refusal => refusal(seconds === undefined ? 'absent' : form, seconds ?? 0, nowMs);

export function failing(
  fault: Exclude<VendorFault, { kind: 'throttle' }>,
  act: () => WireAnswer,
): WireAnswer {
  if (fault.kind === 'half-body') return { ...act(), delivery: 'half' };
  if (fault.acted) act();
  switch (fault.kind) {
    case 'status':
      return whole(fault.status);
    case 'html':
      return { ...whole(502), headers: { 'content-type': 'text/html' }, body: Buffer.from('<p>') };
    case 'silence':
      return { ...whole(200), delivery: 'never' };
    case 'cut':
      return { ...whole(200), delivery: 'cut' };
  }
}

const whole = (status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from('{"errors":["no"]}'),
  delivery: 'whole',
  delayMs: 0,
});
