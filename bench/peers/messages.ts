/** What the benchmark and the process of a peer say to each other. */
export interface PeerJob {
  readonly key: string;
  readonly urgent: boolean;
}

export type ToPeer = { readonly kind: 'add'; readonly job: PeerJob };

export type FromPeer =
  | { readonly kind: 'ready' }
  /** The vendor accepted the job's call. */
  | { readonly kind: 'done'; readonly key: string }
  /** The limiter gave the job up. */
  | { readonly kind: 'given-up'; readonly key: string };

/** How the process is told what it is, as JSON in its first argument. */
export interface PeerStart {
  readonly peer: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly redisPort?: number;
  readonly vendorUrl: string;
  readonly device: number;
}
