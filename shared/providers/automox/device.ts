/** A device row of `GET /servers`, read leniently: `null`, `[]`, `{}` and absence mix. */
import type { JsonObject } from '../../kernel/json.ts';

export interface Device {
  /** Undefined where the row has none to act on. */
  readonly id: number | undefined;
  /** What the machine calls itself. */
  readonly hostName: string | undefined;
  /** The host name, and the name that a person gave it, if any. */
  readonly names: readonly string[];
  readonly osFamily: string | undefined;
  readonly groupId: number | undefined;
  readonly tags: readonly string[];
}

export function readDevice(row: JsonObject): Device {
  const { id, name, custom_name, os_family, server_group_id, tags } = row;
  return {
    id: typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined,
    hostName: typeof name === 'string' ? name : undefined,
    names: [name, custom_name].filter((it) => typeof it === 'string'),
    osFamily: typeof os_family === 'string' ? os_family : undefined,
    groupId: typeof server_group_id === 'number' ? server_group_id : undefined,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  };
}
