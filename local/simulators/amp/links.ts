/** Absolute links, to the host that the request was sent to. */
import type { WireHead } from '../frame/wire.ts';

const DEFAULT_HOST = 'api.amp.cisco.com';

const originOf = ({ headers }: Pick<WireHead, 'headers'>): string => {
  const host = headers['host'] ?? DEFAULT_HOST;
  return `${/^(127\.0\.0\.1|localhost)(:|$)/.test(host) ? 'http' : 'https'}://${host}`;
};

/** `path` is complete, `/v1` included. */
export function linkTo(
  head: Pick<WireHead, 'headers'>,
  path: string,
  query: URLSearchParams = new URLSearchParams(),
  origin: string = originOf(head),
): string {
  return `${origin}${path}${query.size === 0 ? '' : `?${query}`}`;
}

export type Linking = Pick<WireHead, 'headers'>;

export const computerLinks = (
  head: Linking,
  { guid, groupGuid }: { readonly guid: string; readonly groupGuid: string },
): Record<'computer' | 'trajectory' | 'group', string> => ({
  computer: linkTo(head, `/v1/computers/${guid}`),
  trajectory: linkTo(head, `/v1/computers/${guid}/trajectory`),
  group: linkTo(head, `/v1/groups/${groupGuid}`),
});
