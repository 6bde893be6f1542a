/** As much XML as S3 speaks: elements with text or children, no attributes. */
type XmlContent = string | number | boolean | readonly XmlElement[];
export type XmlElement = readonly [name: string, content: XmlContent];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const toXml = (name: string, children: readonly XmlElement[]): string =>
  `${DECLARATION}<${name} xmlns="${NAMESPACE}">${inner(children)}</${name}>`;

const inner = (content: XmlContent): string =>
  typeof content === 'object'
    ? content.map(([name, child]) => `<${name}>${inner(child)}</${name}>`).join('')
    : escapeXml(String(content));

/** The five XML entities, and line breaks, which a reader would otherwise normalise. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The text of every `<name>` in `xml`, in order. For flat lists such as the keys to delete. */
export const textsOf = (xml: string, name: string): string[] =>
  Array.from(xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')), ([, text]) =>
    unescapeXml(text ?? ''),
  );

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
};

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name] ?? whole;
  });
