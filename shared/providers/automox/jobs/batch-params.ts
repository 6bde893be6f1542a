import * as z from 'zod';
import { Id, selectionFields } from '../device-selection.ts';

/** As many ids as fit into one job message, with room to spare. */
const DEVICES_MAX = 20_000;

const Tag = z.string().regex(/\S/, 'must be a tag, such as "pilot"');

/** source: 'Automox console API, OpenAPI description': POST /servers/batch knows no other attribute. */
const TagAction = z.strictObject({
  attribute: z.literal('tags').describe('What is changed: tags, nothing else can be.'),
  action: z
    .enum(['apply', 'remove'])
    .describe('Add the tags to those there are, or take them off.'),
  value: z.array(Tag).min(1).max(100).describe('The tags.'),
});

const Select = z
  .strictObject(selectionFields)
  .refine(
    (select) => Object.values(select).some((value) => value !== undefined),
    'must name at least one condition: a job for the whole fleet has to say so with name "*"',
  );

export const ServersBatchParams = z
  .strictObject({
    devices: z
      .array(Id)
      .min(1)
      .max(DEVICES_MAX)
      .optional()
      .describe('Ids of devices; one that is listed twice is changed once.'),
    select: Select.optional().describe('Or: the devices for which all of this holds.'),
    actions: z.array(TagAction).min(1).max(20).describe('Done in order.'),
  })
  .refine(({ devices, select }) => (devices === undefined) !== (select === undefined), {
    path: ['devices'],
    error: 'must be given, or "select" instead of it, but not both',
  });
export type ServersBatchParams = z.output<typeof ServersBatchParams>;
