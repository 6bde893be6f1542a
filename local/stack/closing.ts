export interface Closing {
  /** Closed when everything is, before all that was added earlier. */
  add(part: { close(): Promise<void> }): void;
  close(): Promise<void>;
}

/** The parts that were opened so far, so that a failed start leaves none of them running. */
export function createClosing(): Closing {
  const parts: { close(): Promise<void> }[] = [];
  return {
    add: (part) => void parts.unshift(part),
    async close() {
      for (const part of parts.splice(0)) await part.close();
    },
  };
}
