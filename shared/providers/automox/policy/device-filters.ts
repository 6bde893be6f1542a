/**
 * Which devices of its groups a policy is for: `{ "field": "tag", "op": "in", "value": ["lab"] }`.
 * Automox ignores the rows unless device_filters_enabled is true.
 *
 * source: 'Automox console API, OpenAPI description' (serial_number: observed). The older
 * `{type, tag_name}` rows are answered with 400 and therefore refused here.
 */
import * as z from 'zod';
import { flag, quoted, says } from './wording.ts';

const FIELDS = [
  'tag',
  'hostname',
  'ip_addr',
  'os_family',
  'os_version_id',
  'organizational_unit',
  'serial_number',
] as const;
const OPERATORS = ['in', 'not_in', 'like_any', 'not_like_any'] as const;

const remedy = says('must be a list of one or more values, such as ["lab"]');

const DeviceFilterRow = z.strictObject(
  {
    field: z.enum(FIELDS, says(`must be ${quoted(FIELDS)}`)),
    op: z.enum(OPERATORS, says(`must be ${quoted(OPERATORS)}`)),
    value: z.array(z.union([z.string(), z.int()], remedy), remedy).min(1, remedy),
  },
  says('must be an object {"field", "op", "value"}'),
);

export const deviceFilterFields = {
  device_filters_enabled: flag(),
  device_filters: z
    .array(DeviceFilterRow, says('must be a list of {"field", "op", "value"} rows'))
    .nullish(),
};
