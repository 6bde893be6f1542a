/** One process that runs one function, whichever way it was started. */
export interface Environment {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** One invocation at a time. Rejects with InvocationFailed. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends the process as Lambda does: without asking. */
  kill(): void;
}
