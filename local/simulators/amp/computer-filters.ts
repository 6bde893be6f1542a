import type { AmpCall } from './amp-route.ts';
import { daysOf, isAmong, listOf } from './query.ts';
import type { Computer } from './world.ts';

/** The computers that the query selects. Throws Refusal with 400. */
export function selectComputers(call: AmpCall): Computer[] {
  const names = listOf(call, 'hostname')?.map((name) => name.toLowerCase());
  const groups = listOf(call, 'group_guid');
  const internalIp = call.query.get('internal_ip');
  const externalIp = call.query.get('external_ip');
  const processorId = call.query.get('processor_id');
  const isSeen = seenFilter(call);
  return [...call.business.computers.values()].filter(
    (computer) =>
      (names === undefined || names.some((name) => isPartOf(name, computer.hostname))) &&
      isAmong(groups, computer.groupGuid) &&
      (internalIp === null || computer.internalIps.some((ip) => ip.trim() === internalIp)) &&
      (externalIp === null || computer.externalIp === externalIp) &&
      (processorId === null || computer.hardwareId === processorId) &&
      isSeen(computer),
  );
}

/** A part of a name finds it: who wants one computer has to compare the names that come back. */
const isPartOf = (part: string, hostname: string): boolean => hostname.toLowerCase().includes(part);

/** A computer that was never seen has not been seen for any number of days. */
function seenFilter(call: AmpCall): (computer: Computer) => boolean {
  const withinMs = daysOf(call, 'last_seen_within') ?? Number.POSITIVE_INFINITY;
  const overMs = daysOf(call, 'last_seen_over') ?? Number.NEGATIVE_INFINITY;
  return ({ lastSeenAtMs }) => {
    const agoMs = call.nowMs - (lastSeenAtMs ?? Number.NEGATIVE_INFINITY);
    return agoMs <= withinMs && agoMs > overMs;
  };
}
