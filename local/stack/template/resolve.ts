/**
 * Writes out what a template leaves open: `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub` and the pseudo
 * parameters. Refuses any other function, and references to what it cannot name.
 */
import { kinds, type Place } from './identities.ts';
import { refusal, type Template } from './template.ts';

/** `where` begins the text of a refusal. */
export type Resolve = (value: unknown, where: string) => unknown;

interface References {
  ref(name: string, where: string): string;
  attribute(logicalId: string, name: string, where: string): string;
}

export function createResolver(template: Template, place: Place): Resolve {
  const resolve: Resolve = (value, where) => {
    if (Array.isArray(value)) return value.map((item, at) => resolve(item, `${where}[${at}]`));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return call(name, argument, where);
    }
    return Object.fromEntries(entries.map(([key, it]) => [key, resolve(it, `${where}.${key}`)]));
  };
  const references = createReferences(template, place, resolve);
  const call = (name: string, argument: unknown, where: string): unknown => {
    const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    if (name === 'Ref') return references.ref(String(argument), where);
    if (name === 'Fn::GetAtt') return references.attribute(`${list[0]}`, `${list[1]}`, where);
    if (name === 'Fn::Join' && Array.isArray(list[1])) {
      return list[1].map((part) => resolve(part, where)).join(String(list[0]));
    }
    if (name === 'Fn::Sub' && typeof argument === 'string') {
      return substitute(references, argument, where);
    }
    throw refusal(where, `the local stack does not know this use of ${name}`);
  };
  return resolve;
}

function createReferences({ Resources }: Template, place: Place, resolve: Resolve): References {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::Region': place.region,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const identify = (logicalId: string, where: string) => {
    const resource = Resources[logicalId];
    if (resource === undefined) throw refusal(where, `refers to ${logicalId}, which is not there`);
    const { Type, Properties } = resource;
    const kind = kinds[Type];
    if (kind === undefined) {
      throw refusal(where, `refers to ${logicalId}: the local stack cannot name an ${Type}`);
    }
    if (kind.named === undefined) return kind.identify(logicalId, place);
    const name = resolve(Properties[kind.named], `${logicalId}.${kind.named}`);
    if (typeof name === 'string') return kind.identify(name, place);
    throw refusal(logicalId, `an ${Type} without ${kind.named} gets a name that AWS makes up`);
  };
  return {
    ref: (name, where) => pseudo[name] ?? identify(name, where).ref,
    attribute(logicalId, name, where) {
      const value = identify(logicalId, where).attributes[name];
      if (value !== undefined) return value;
      throw refusal(where, `asks for ${logicalId}.${name}, which the local stack does not know`);
    },
  };
}

const substitute = ({ ref, attribute }: References, text: string, where: string): string =>
  text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const [logicalId = '', ...rest] = name.split('.');
    return rest.length === 0 ? ref(name, where) : attribute(logicalId, rest.join('.'), where);
  });
