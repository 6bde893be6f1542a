/**
 * A function on Lambda: as many execution environments as there are invocations at once, each kept
 * warm for the next, each taken away when its process dies.
 */
import { createEnvironment, Died, type Environment } from './environment.ts';
import type { Fates } from './fates.ts';
import type { HostKind } from './plan.ts';
import type { World } from './world.ts';

/** What an environment does with an event, once its module has been loaded. */
export type Handler<Event, Answer> = (event: Event, remainingMs: () => number) => Promise<Answer>;

export interface Lambda<Event, Answer> {
  /** Rejects with `Died` where the process died. */
  invoke(event: Event): Promise<Answer>;
}

interface Loaded<Event, Answer> {
  readonly env: Environment;
  readonly handle: Handler<Event, Answer>;
  /** When its version was deployed. */
  readonly versionMs: number;
}

const COLD_START_MS = 300;
const WARM_START_MS = 5;

export function createLambda<Event, Answer>(
  world: World,
  fates: Fates,
  host: HostKind,
  load: (env: Environment) => Handler<Event, Answer>,
): Lambda<Event, Answer> {
  let idle: Loaded<Event, Answer>[] = [];
  let environments = 0;
  let invocations = 0;
  const { clock, oracle, trace } = world;
  const presentVersionMs = (): number => fates.deployedAtMs(world.elapsedMs());
  return {
    async invoke(event) {
      invocations += 1;
      const number = invocations;
      idle = idle.filter(({ versionMs }) => versionMs === presentVersionMs());
      const warm = idle.pop();
      await clock.sleep(warm ? WARM_START_MS : COLD_START_MS * (1 + world.random()));
      const taken = warm ?? makeEnvironment();
      const { env, handle } = taken;
      trace.add(env.name, () => `takes invocation ${host} ${number}`);
      try {
        return await env.run(number, () =>
          handle(event, () => env.invocation.endsAtMs - clock.nowMs()),
        );
      } catch (error) {
        if (!(error instanceof Died) && (host === 'worker' || host === 'intake')) {
          oracle.accuse('answer', `${env.name} threw: ${String(error)}`);
        }
        throw error;
      } finally {
        if (!env.dead) idle.push(taken);
      }
    },
  };

  function makeEnvironment() {
    environments += 1;
    const env = createEnvironment(world, fates, host, environments);
    return { env, handle: load(env), versionMs: presentVersionMs() };
  }
}
