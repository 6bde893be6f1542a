/** A receipt handle names one delivery of one message of one queue, in a text that looks opaque. */
import { SqsError } from './errors.ts';

export interface Receipt {
  readonly serial: number;
  readonly delivery: number;
}

export const formatReceiptHandle = (queueTag: string, { serial, delivery }: Receipt): string =>
  Buffer.from(`${queueTag} ${serial} ${delivery}`).toString('base64');

/** Throws `ReceiptHandleIsInvalid` for a text that this queue never handed out. */
export function parseReceiptHandle(queueTag: string, handle: string): Receipt {
  const text = Buffer.from(handle, 'base64').toString();
  const match = /^(.+) (\d+) (\d+)$/.exec(text);
  if (match === null || match[1] !== queueTag) {
    throw new SqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  return { serial: Number(match[2]), delivery: Number(match[3]) };
}
