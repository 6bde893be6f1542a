/**
 * Tells subscribers that a queue changed: once for all changes of the running code, in a microtask,
 * so that a batch is announced as a whole and no listener runs inside an operation.
 */
export interface ChangeNotifier {
  changed(queueName: string): void;
  subscribe(queueName: string, listener: () => void): () => void;
}

export function createChangeNotifier(): ChangeNotifier {
  const listeners = new Map<string, Set<() => void>>();
  const pending = new Set<string>();

  const announce = (queueName: string): void => {
    pending.delete(queueName);
    const subscribed = listeners.get(queueName);
    for (const listener of [...(subscribed ?? [])]) {
      if (subscribed?.has(listener)) listener();
    }
  };

  return {
    changed(queueName) {
      if (!listeners.has(queueName) || pending.has(queueName)) return;
      pending.add(queueName);
      queueMicrotask(() => announce(queueName));
    },
    subscribe(queueName, listener) {
      const subscribed = listeners.get(queueName) ?? new Set();
      listeners.set(queueName, subscribed.add(listener));
      return () => {
        subscribed.delete(listener);
        if (subscribed.size === 0 && listeners.get(queueName) === subscribed) {
          listeners.delete(queueName);
        }
      };
    },
  };
}
