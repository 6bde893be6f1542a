/** Bottleneck: a reservoir that is refilled each window, in the process or shared over Redis. */
import { type CreatePeer, callUntilAccepted, loadPeer, type PeerSurroundings } from './peer.ts';

interface Limiter {
  schedule<T>(options: { readonly priority: number }, act: () => Promise<T>): Promise<T>;
  on(event: 'error', listener: () => void): void;
  ready(): Promise<unknown>;
}

interface BottleneckPackage {
  readonly default: new (options: Readonly<Record<string, unknown>>) => Limiter;
}

const URGENT = 1;
const NORMAL = 5;

/** Its default of 5 s would make the reservoir's refill that late: two and a half windows. */
const HEARTBEAT_MS = 250;

export const createBottleneck: CreatePeer = async (surroundings) => {
  const { redisPort } = surroundings;
  const { default: Bottleneck } = await loadPeer<BottleneckPackage>('bottleneck');
  const limiter = new Bottleneck({
    ...settingsOf(surroundings),
    ...(redisPort === undefined ? {} : await overRedis(redisPort)),
  });
  limiter.on('error', () => undefined);
  await limiter.ready();
  return {
    async add(job) {
      const priority = job.urgent ? URGENT : NORMAL;
      void callUntilAccepted(surroundings, job, (act) => limiter.schedule({ priority }, act));
    },
  };
};

/** Bottleneck's README, Reservoir Intervals: not without `minTime`, or each refill is sent at once. */
export const settingsOf = ({ limit, windowMs }: Pick<PeerSurroundings, 'limit' | 'windowMs'>) => ({
  reservoir: limit,
  reservoirRefreshAmount: limit,
  reservoirRefreshInterval: windowMs,
  minTime: Math.ceil(windowMs / limit),
});

const overRedis = async (port: number) => ({
  id: 'vendor',
  datastore: 'ioredis',
  clearDatastore: false,
  heartbeatInterval: HEARTBEAT_MS,
  clientOptions: { host: '127.0.0.1', port },
  Redis: (await loadPeer<{ readonly default: unknown }>('ioredis')).default,
});
