/** A process that holds one limiter: takes jobs over its channel and calls the vendor for them. */
import { batchBody, ORGANIZATION_ID } from '../compare/work.ts';
import { createBottleneck } from './bottleneck.ts';
import { createBullMq } from './bullmq.ts';
import type { FromPeer, PeerJob, PeerStart, ToPeer } from './messages.ts';
import { createPQueue } from './p-queue.ts';
import type { CreatePeer, PeerSurroundings } from './peer.ts';
import { createRateLimiterFlexible } from './rate-limiter-flexible.ts';

const peers: Readonly<Record<string, CreatePeer>> = {
  bullmq: createBullMq,
  bottleneck: createBottleneck,
  'bottleneck-redis': createBottleneck,
  'rate-limiter-flexible': createRateLimiterFlexible,
  'rate-limiter-flexible-redis': createRateLimiterFlexible,
  'p-queue': createPQueue(false),
  'p-queue-strict': createPQueue(true),
};

const start = JSON.parse(process.argv[2] ?? '{}') as PeerStart;
const create = peers[start.peer];
if (create === undefined) throw new Error(`no peer is named "${start.peer}"`);

const send = (message: FromPeer): void => {
  process.send?.(message);
};

const call: PeerSurroundings['call'] = async (job) => {
  const response = await fetch(`${start.vendorUrl}/servers/batch?o=${ORGANIZATION_ID}`, {
    method: 'POST',
    headers: { authorization: 'Bearer automox-key', 'content-type': 'application/json' },
    body: batchBody(start.device, job.key),
  });
  await response.arrayBuffer();
  if (response.ok) send({ kind: 'done', key: job.key });
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 1) * 1_000;
  return { status: response.status, retryAfterMs };
};

const giveUp = ({ key }: PeerJob): void => send({ kind: 'given-up', key });
const peer = await create({ ...start, call, giveUp });
process.on('message', ({ job }: ToPeer) => void peer.add(job));
process.on('disconnect', () => process.exit(0));
// The first request of a process loads the HTTP stack, which is not the limiter's doing.
await fetch(`${start.vendorUrl}/warm-up`);
send({ kind: 'ready' });
