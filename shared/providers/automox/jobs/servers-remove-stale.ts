/** `automox.servers.remove-stale`: removes devices that were not seen for long, by a report of them. */
import type * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobType } from '../../../jobs/job-type.ts';
import { isoInstant } from '../../../kernel/clock.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { staleJob } from '../../remove-stale/stale-job.ts';
import { StaleParams } from '../../remove-stale/stale-params.ts';
import { readDevice } from '../device.ts';
import { Id, isSelected, selectionFields } from '../device-selection.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { findInstantMs } from '../vendor-instant.ts';

/** Told from the row itself: the whole fleet is listed, so that its size is known. */
const { groupId, tag, osFamily, name } = selectionFields;
const select = { groupId, tag, osFamily, name };

export const RemoveStaleParams = StaleParams(select, { things: 'devices', whole: 'organization' });
export type RemoveStaleParams = z.output<typeof RemoveStaleParams>;

export const serversRemoveStale: JobType<RemoveStaleParams> = {
  type: 'automox.servers.remove-stale',
  provider: 'automox',
  description: 'Reports devices that were not seen for long; then removes those of a report.',
  params: RemoveStaleParams,
  example: { report: { olderThanDays: 90, select: { osFamily: 'Windows' } } },
  budget: 'servers.list',
  budgetOf: ({ remove }) => (remove ? 'account' : 'servers.list'),
  cost: {
    operations: [operations.listServers, operations.getServer, operations.deleteServer],
    calls: 'a report: the listing; a removal: two for each device',
  },
  ...staleJob<number, NonNullable<RemoveStaleParams['report']>['select']>({
    thing: 'device',
    Id,
    whole: 'organization',
    wholeOf: ({ account }) => String(organizationOf(account)),
    pages: (context, from = 0) =>
      listPages(context, { operation: operations.listServers, key: 'page', from }),
    idOf: (row) => readDevice(row).id,
    lastSeenMs,
    isSelected: (selection, row) => isSelected(selection, readDevice(row)),
    describe: describeStale,
    async look(context, id) {
      const operation = operations.getServer;
      const { body } = await context.call({ operation, key: `read-${id}`, path: { id } });
      if (isJsonObject(body)) return body;
      throw new ProviderError('provider.malformed-answer', 'Automox answered no device');
    },
    remove: (context, id) =>
      context.call({ operation: operations.deleteServer, key: `delete-${id}`, path: { id } }),
  }),
};

/** When the device was last there; undefined where it is connected, or nobody knows. */
export function lastSeenMs(device: JsonObject): number | undefined {
  if (device['connected'] === true) return undefined;
  const seen = [device['last_refresh_time'], device['last_disconnect_time']]
    .map(findInstantMs)
    .filter((atMs) => atMs !== undefined);
  return seen.length === 0 ? undefined : Math.max(...seen);
}

function describeStale(row: JsonObject): JsonObject {
  const seenMs = lastSeenMs(row);
  return {
    id: row['id'] ?? null,
    name: row['name'] ?? null,
    custom_name: row['custom_name'] ?? null,
    os_family: row['os_family'] ?? null,
    server_group_id: row['server_group_id'] ?? null,
    tags: row['tags'] ?? [],
    last_seen: seenMs === undefined ? null : isoInstant(seenMs),
  };
}
