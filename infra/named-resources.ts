/** A template's resources with every reference written out as the name of what it refers to. */
import * as z from 'zod';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
export type NamedResource = z.infer<typeof Resource>;
type Resources = Readonly<Record<string, NamedResource>>;

export function nameResources(template: unknown): readonly NamedResource[] {
  const { Resources: resources } = z
    .object({ Resources: z.record(z.string(), Resource) })
    .parse(template);
  return Object.values(resources).map((resource) => ({
    ...resource,
    Properties: z.record(z.string(), z.unknown()).parse(write(resource.Properties, resources)),
  }));
}

const Ref = z.strictObject({ Ref: z.string() });
const GetAtt = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

/** `value` with references replaced by physical names, and joined text joined. */
function write(value: unknown, resources: Resources): unknown {
  const deeper = (item: unknown): unknown => write(item, resources);
  if (Array.isArray(value)) return value.map(deeper);
  if (typeof value !== 'object' || value === null) return value;
  const reference =
    Ref.safeParse(value).data?.Ref ?? GetAtt.safeParse(value).data?.['Fn::GetAtt'][0];
  if (reference !== undefined) return nameOf(reference, resources);
  const parts = Join.safeParse(value).data?.['Fn::Join'][1];
  if (parts !== undefined) return parts.map((part) => String(deeper(part))).join('');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deeper(item)]));
}

const NAME_PROPERTIES = [
  'QueueName',
  'TableName',
  'FunctionName',
  'BucketName',
  'LogGroupName',
  'Name',
];

function nameOf(id: string, resources: Resources): unknown {
  const properties = resources[id]?.Properties ?? {};
  const property = NAME_PROPERTIES.find((name) => properties[name] !== undefined);
  return property === undefined ? id : write(properties[property], resources);
}
