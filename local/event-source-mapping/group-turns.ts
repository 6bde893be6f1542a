/** One invocation at a time for each message group, also if a visibility timeout ends too early. */
export interface GroupTurns {
  /** Runs `work` once every earlier work on any of `groups` is over. */
  run(groups: readonly string[], work: () => Promise<void>): Promise<void>;
}

export function createGroupTurns(): GroupTurns {
  const latest = new Map<string, Promise<void>>();
  return {
    async run(groups, work) {
      const earlier = groups.flatMap((group) => latest.get(group) ?? []);
      const turn = Promise.allSettled(earlier).then(work);
      for (const group of groups) latest.set(group, turn);
      try {
        await turn;
      } finally {
        for (const group of groups) if (latest.get(group) === turn) latest.delete(group);
      }
    },
  };
}
