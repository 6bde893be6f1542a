/** rate-limiter-flexible: its queue before a counter of points, in the process or in Redis. */
import { type CreatePeer, callUntilAccepted, loadPeer } from './peer.ts';

type NewLimiter = new (options: Readonly<Record<string, unknown>>) => unknown;

interface FlexiblePackage {
  readonly RateLimiterMemory: NewLimiter;
  readonly RateLimiterRedis: NewLimiter;
  readonly RateLimiterQueue: new (
    limiter: unknown,
    options: { readonly maxQueueSize: number },
  ) => { removeTokens(tokens: number): Promise<number> };
}

interface RedisPackage {
  readonly default: new (
    options: Readonly<Record<string, unknown>>,
  ) => {
    on(event: 'error', listener: () => void): void;
  };
}

const QUEUE_MAX = 10_000;

/** A store that is away rejects who asked: it asks again, as a careful caller would write it. */
const ASK_AGAIN_MS = 250;

export const createRateLimiterFlexible: CreatePeer = async (surroundings) => {
  const { limit: points, windowMs, redisPort } = surroundings;
  const flexible = await loadPeer<FlexiblePackage>('rate-limiter-flexible');
  const options = { points, duration: windowMs / 1_000 };
  const limiter =
    redisPort === undefined
      ? new flexible.RateLimiterMemory(options)
      : new flexible.RateLimiterRedis({ ...options, storeClient: await connect(redisPort) });
  const queue = new flexible.RateLimiterQueue(limiter, { maxQueueSize: QUEUE_MAX });
  const takeToken = async (): Promise<void> => {
    for (;;) {
      try {
        await queue.removeTokens(1);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
    }
  };
  return {
    async add(job) {
      void callUntilAccepted(surroundings, job, async (act) => {
        await takeToken();
        return act();
      });
    },
  };
};

async function connect(port: number): Promise<unknown> {
  const { default: Redis } = await loadPeer<RedisPackage>('ioredis');
  const client = new Redis({ host: '127.0.0.1', port, enableOfflineQueue: false });
  client.on('error', () => undefined);
  return client;
}
