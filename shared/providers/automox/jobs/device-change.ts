/**
 * What a write to a device may change, and the whole body that it takes.
 *
 * source: 'Automox console API, OpenAPI description': PUT /servers/{id} replaces tags, custom_name
 * and ip_addrs, and demands server_group_id and exception.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';

const Tags = z.array(z.string().regex(/\S/, 'must be a tag, such as "pilot"')).min(1).max(100);

const TagChange = z
  .strictObject({
    add: Tags.optional().describe('Tags that the device shall have as well.'),
    remove: Tags.optional().describe('Tags that it shall no longer have.'),
  })
  .refine(({ add = [], remove = [] }) => !add.some((tag) => remove.includes(tag)), {
    error: 'must not add and remove the same tag',
  });

export const DeviceChange = z
  .strictObject({
    tags: TagChange.optional().describe('Tags to add and remove; all others stay.'),
    groupId: Id.optional().describe('The server group that it moves to.'),
    customName: z
      .string()
      .regex(/\S/, 'must be a name; null takes the name away')
      .max(255)
      .nullable()
      .optional()
      .describe('Its name in the console; null takes it away.'),
    exception: z.boolean().optional().describe('Whether reports leave the device out.'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'must name at least one of tags, groupId, customName, exception',
  });
export type DeviceChange = z.output<typeof DeviceChange>;

/** Null, absence and an empty list or object are the same to Automox. */
const orNone = <T>(schema: z.ZodType<T>, none: T) =>
  z.preprocess((value) => (isNone(value) ? none : value), schema);

const isNone = (value: unknown): boolean =>
  value === null || value === undefined || canonicalJson(value as Json) === '{}';

const WritableDevice = z.object({
  server_group_id: z.int(),
  exception: orNone(z.union([z.boolean(), z.literal([0, 1]).transform(Boolean)]), false),
  tags: orNone(z.array(z.string()), []),
  custom_name: orNone(z.string().nullable(), null),
  ip_addrs: orNone(z.array(z.string()), []),
});
type WritableDevice = z.output<typeof WritableDevice>;

/** Throws where the row is not understood: to write it back would empty what was not read. */
export function parseWritableDevice(body: Json): WritableDevice {
  const parsed = z.safeParse(WritableDevice, isJsonObject(body) ? body : {});
  if (parsed.success) return parsed.data;
  throw new ProviderError('provider.malformed-answer', 'Automox answered no device');
}

/** The body of the write; undefined where the device is so already. */
export function changedDevice(
  device: WritableDevice,
  { tags = {}, groupId, customName, exception }: DeviceChange,
): JsonObject | undefined {
  const { add = [], remove = [] } = tags;
  const kept = device.tags.filter((tag) => !remove.includes(tag));
  const changed = {
    ...device,
    server_group_id: groupId ?? device.server_group_id,
    exception: exception ?? device.exception,
    tags: [...kept, ...new Set(add.filter((tag) => !kept.includes(tag)))],
    custom_name: customName === undefined ? device.custom_name : customName,
  };
  return canonicalJson(changed) === canonicalJson(device) ? undefined : changed;
}
