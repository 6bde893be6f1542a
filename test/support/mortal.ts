/**
 * Kills a worker at a chosen step, the way a process dies: the step has its effect, its answer never
 * comes, and nothing works any more. Steps are the calls of ports, counted over all of them.
 */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Life {
  readonly over: boolean;
  step<T>(act: () => Promise<T>): Promise<T>;
}

/** A life that ends after `stepsMax` steps; without it, never. */
export function createLife(stepsMax = Number.POSITIVE_INFINITY): Life {
  let steps = 0;
  return {
    get over() {
      return steps >= stepsMax;
    },
    async step(act) {
      if (steps >= stepsMax) throw new Killed('the worker is dead');
      steps += 1;
      const answer = await act();
      if (steps >= stepsMax) throw new Killed('the worker was killed');
      return answer;
    },
  };
}

type Port<T> = { readonly [K in keyof T]: (...given: never[]) => Promise<unknown> };

/** `port`, each of whose calls is a step of `life`. All of its methods must be asynchronous. */
export const mortal = <T extends Port<T>>(port: T, life: Life): T =>
  new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) =>
        life.step(async () => (await Reflect.apply(method, target, given)) as unknown);
    },
  });
