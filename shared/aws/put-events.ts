/** Puts entries on an event bus, as few calls as the bus allows, and knows that some may be refused. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SluiceError } from '../errors/sluice-error.ts';
import { orUnavailable } from './or-unavailable.ts';

export interface EventBusOptions {
  readonly events: EventBridgeClient;
  readonly busName: string;
}

export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time: Date;
}

/** EventBridge takes 10 entries and 256 KB a call (user guide: PutEvents); the rest is other fields. */
const ENTRIES_MAX = 10;
export const ENTRY_BYTES_MAX = 255 * 1024;

/** In order. Throws `store.unavailable` where any entry was not taken; those before it may have been. */
export async function putEvents(
  { events, busName }: EventBusOptions,
  entries: readonly BusEntry[],
): Promise<void> {
  for (const batch of batchesOf(entries)) {
    const Entries = batch.map((entry) => ({ ...entry, EventBusName: busName }));
    const call = events.send(new PutEventsCommand({ Entries }));
    const answer = await orUnavailable(`the bus ${busName}`, call);
    if (!answer.FailedEntryCount) continue;
    const failed = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    const reason = `${failed?.ErrorCode ?? 'refused'} ${failed?.ErrorMessage ?? ''}`.trim();
    throw new SluiceError(
      'store.unavailable',
      `the bus ${busName} did not take an event: ${reason}`,
    );
  }
}

function batchesOf(entries: readonly BusEntry[]): BusEntry[][] {
  const batches: BusEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail);
    const last = batches.at(-1);
    if (last && last.length < ENTRIES_MAX && bytes + size <= ENTRY_BYTES_MAX) {
      last.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}
