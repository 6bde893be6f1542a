import type { Clock } from '../../../shared/kernel/clock.ts';

type Port<T> = { readonly [K in keyof T]: (...given: never[]) => Promise<unknown> };

/** `port`, each of whose calls takes `delayMs`, half of it before it has its effect. */
export const delayed = <T extends Port<T>>(port: T, clock: Clock, delayMs: number): T =>
  new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        await clock.sleep(delayMs / 2);
        const answer: unknown = await Reflect.apply(method, target, given);
        await clock.sleep(delayMs / 2);
        return answer;
      };
    },
  });
