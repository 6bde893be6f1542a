/**
 * Builds the URL of a vendor call from an account's base, a path template and values of a job.
 *
 * Guarantees: the origin and the base path are the account's, whatever the values hold; https only,
 * except loopback where the local stack allows it. A value that could leave its path segment is
 * refused rather than escaped: no vendor id needs one, and servers disagree on what `%2f` means.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { invariant } from '../kernel/invariant.ts';

type Scalar = string | number | bigint | boolean;

export interface UrlParts {
  readonly base: string;
  /** `/servers/{id}/queues`; every `{name}` is one segment, or a part of one. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number | bigint>>;
  /** Undefined is left out; a list repeats its name. */
  readonly query?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
  /** The local stack alone: `http:` to 127.0.0.0/8, ::1 or localhost. */
  readonly loopbackAllowed?: boolean;
}

const PARAM_CHARS_MAX = 256;

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Throws `job.refused`, with the parameter named, for a value that is not one plain segment. */
export function buildUrl(parts: UrlParts): URL {
  const base = parseBaseUrl(parts.base, parts.loopbackAllowed);
  const basePath = base.pathname.replace(/\/+$/, '');
  const url = new URL(base.href);
  url.pathname = basePath + fillPath(parts.path, parts.params ?? {});
  // A space is `%20` everywhere in a URL; `+` means one only to those who read queries as forms.
  url.search = queryText(parts.query ?? {}).replaceAll('+', '%20');
  invariant(url.origin === base.origin, 'a vendor URL never leaves its origin');
  invariant(url.pathname.startsWith(`${basePath}/`), 'a vendor URL never leaves its base path');
  return url;
}

/**
 * A link found in an answer (`next`), relative or absolute. Throws `provider.malformed-answer`
 * where it leaves the origin or the path of the base: the credential must not follow it.
 */
export function followLink(base: string, link: string, loopbackAllowed = false): URL {
  const from = parseBaseUrl(base, loopbackAllowed);
  const url = URL.canParse(link, from.href) ? new URL(link, from.href) : undefined;
  const basePath = `${from.pathname.replace(/\/+$/, '')}/`;
  const stays =
    url?.origin === from.origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.startsWith(basePath);
  if (!stays) {
    throw new SluiceError('provider.malformed-answer', 'a link in the answer leaves the vendor');
  }
  return url;
}

/** Throws InvariantViolation: bases come from an allow-list, never from a job. */
function parseBaseUrl(base: string, loopbackAllowed = false): URL {
  const url = new URL(base);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  invariant(plain, 'a base URL is a scheme, a host and a path');
  const loopback = loopbackAllowed && url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname);
  invariant(url.protocol === 'https:' || loopback, 'a base URL is https, or loopback if allowed');
  return url;
}

function fillPath(template: string, params: NonNullable<UrlParts['params']>): string {
  invariant(/^(\/[\w.{}-]+)+$/.test(template), `"${template}" is not a path template`);
  const unused = new Set(Object.keys(params));
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    invariant(value !== undefined, `the path ${template} needs a value for {${name}}`);
    unused.delete(name);
    return encodeSegment(name, String(value));
  });
  invariant(unused.size === 0, `the path ${template} has no place for ${[...unused].join(', ')}`);
  return path;
}

function encodeSegment(name: string, value: string): string {
  const problem = findSegmentProblem(value);
  if (problem !== undefined) {
    throw new SluiceError(
      'job.refused',
      `the value of "${name}" cannot be part of a vendor's path`,
      {
        fields: [{ field: name, problem }],
      },
    );
  }
  return encodeURIComponent(value);
}

function findSegmentProblem(value: string): string | undefined {
  if (value === '') return 'must not be empty';
  if (value.length > PARAM_CHARS_MAX) return `must not exceed ${PARAM_CHARS_MAX} characters`;
  if (!value.isWellFormed()) return 'must be well-formed Unicode';
  if (value.includes('..') || value === '.') return 'must not hold dot segments';
  return /[/\\%?#\s]|\p{Cc}/u.test(value)
    ? 'must not hold a slash, a percent sign, ?, #, a space or a control character'
    : undefined;
}

function queryText(query: NonNullable<UrlParts['query']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values: readonly Scalar[] = Array.isArray(value) ? value : [value as Scalar];
    for (const item of values) search.append(name, String(item));
  }
  return search.toString();
}
