/** The resources of a template that the local stack makes, with every reference written out. */
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../local-aws.ts';
import { leftOut, type MadeType, madeTypes } from './known-types.ts';
import { createResolver } from './resolve.ts';
import { type Resource, refusal, type Template } from './template.ts';

export interface MadeResource {
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type MadeResources = Readonly<Record<MadeType, readonly MadeResource[]>>;

/** Throws `request.invalid` naming the resource and what about it is not known. */
export function readResources(template: Template, awsUrl: string): MadeResources {
  const place = { awsUrl, account: LOCAL_ACCOUNT, region: LOCAL_REGION };
  const resolve = createResolver(template, place);
  const made = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const { Type } = resource;
    if (Object.hasOwn(leftOut, Type)) return [];
    if (!isMade(Type)) throw refusal(logicalId, `the local stack cannot make an ${Type}`);
    const used = usedProperties(logicalId, resource, madeTypes[Type]);
    const properties = resolve(used, logicalId) as Record<string, unknown>;
    return [{ Type, logicalId, properties }];
  });
  const byType = Object.groupBy(made, ({ Type }) => Type);
  const types = Object.keys(madeTypes) as readonly MadeType[];
  return Object.fromEntries(types.map((type) => [type, byType[type] ?? []])) as unknown as Record<
    MadeType,
    readonly MadeResource[]
  >;
}

const isMade = (type: string): type is MadeType => Object.hasOwn(madeTypes, type);

function usedProperties(
  logicalId: string,
  { Type, Properties }: Resource,
  { used, ignored }: { readonly used: readonly string[]; readonly ignored?: readonly string[] },
): Readonly<Record<string, unknown>> {
  const unknown = Object.keys(Properties).filter(
    (name) => !used.includes(name) && !ignored?.includes(name),
  );
  if (unknown.length > 0) {
    throw refusal(logicalId, `the local stack does not know ${unknown.join(', ')} of an ${Type}`);
  }
  return Object.fromEntries(Object.entries(Properties).filter(([name]) => used.includes(name)));
}
