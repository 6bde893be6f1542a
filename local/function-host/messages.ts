/** What the function host and its environments say to each other. */
export interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadlineMs: number;
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly id: string; readonly result: unknown }
  | {
      readonly kind: 'failed';
      readonly id: string;
      readonly error: { readonly name: string; readonly message: string };
    };
