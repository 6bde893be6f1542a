/**
 * API credentials and the business behind each, by HTTP Basic. A credential can be added, revoked and
 * given a new key while the simulator runs.
 */
import type { WireHead } from '../frame/wire.ts';

export interface Credential {
  readonly apiKey: string;
  /** Id of the business that the credential opens. */
  readonly business: string;
  /** Whether writes are refused. Default: false. */
  readonly readOnly?: boolean;
}

/** Who is asking; without a business, nobody known. */
export interface Caller {
  /** As presented, right or wrong; absent when nothing was. */
  readonly clientId?: string;
  readonly business?: string;
  readonly readOnly: boolean;
}

export interface CredentialRing {
  identify(head: WireHead): Caller;
  add(clientId: string, credential: Credential): void;
  /** Throws RangeError when nobody has this client id. */
  revoke(clientId: string): void;
  /** Gives the client id another key; the old one is dead at once. Throws RangeError. */
  rotate(clientId: string, apiKey: string): void;
  reset(): void;
}

export function createCredentialRing(
  initial: Readonly<Record<string, Credential>>,
): CredentialRing {
  const ring = new Map(Object.entries(initial));
  const get = (clientId: string): Credential => {
    const credential = ring.get(clientId);
    if (credential === undefined) throw new RangeError(`no credential ${clientId}`);
    return credential;
  };
  return {
    identify({ headers }) {
      const [clientId, apiKey] = basicPair(headers['authorization'] ?? '');
      if (clientId === undefined) return { readOnly: true };
      const credential = ring.get(clientId);
      if (credential?.apiKey !== apiKey) return { clientId, readOnly: true };
      const { business, readOnly = false } = credential ?? {};
      return { clientId, readOnly, ...(business === undefined ? {} : { business }) };
    },
    add: (clientId, credential) => {
      ring.set(clientId, credential);
    },
    revoke: (clientId) => {
      get(clientId);
      ring.delete(clientId);
    },
    rotate: (clientId, apiKey) => {
      ring.set(clientId, { ...get(clientId), apiKey });
    },
    reset: () => {
      ring.clear();
      for (const [clientId, credential] of Object.entries(initial)) ring.set(clientId, credential);
    },
  };
}

function basicPair(header: string): [clientId?: string, apiKey?: string] {
  const [, encoded] = /^basic ([a-z0-9+/]+=*)$/i.exec(header) ?? [];
  if (encoded === undefined) return [];
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}
