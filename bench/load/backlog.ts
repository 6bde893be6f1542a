import { readFile } from 'node:fs/promises';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { minutes } from '../../shared/kernel/duration.ts';
import { postJob } from '../http-jobs.ts';
import { percentile, sideBySide, timed } from './timed.ts';

export interface BacklogPoint {
  readonly queued: number;
  readonly submitP95Ms: number;
  readonly listP95Ms: number;
  /** The most that any process of a function holds now; 0 where the system does not tell. */
  readonly functionMb: number;
  /** Of this process, which holds queues and tables. */
  readonly stackMb: number;
}

export interface Filling {
  readonly count: number;
  readonly message: (index: number) => object;
  /** Rows that are there. */
  readonly rows: () => number;
  /** Jobs that no longer wait. */
  readonly ended: () => number;
}

const POINTS = 10;
const PROBES = 40;
const FILL_MS_MAX = minutes(30);

/** Sends jobs to the intake queue, and looks at the stack ten times on the way. */
export async function fillLanes(stack: LocalStack, filling: Filling): Promise<BacklogPoint[]> {
  const sqs = new SQSClient(localClientConfig(stack.awsUrl));
  const endsAtMs = Date.now() + FILL_MS_MAX;
  const perPoint = Math.ceil(filling.count / POINTS);
  const points: BacklogPoint[] = [];
  for (let point = 1; point <= POINTS && Date.now() < endsAtMs; point += 1) {
    const from = (point - 1) * perPoint;
    const before = filling.rows();
    await sideBySide(Math.ceil(perPoint / 10), 8, (batch) =>
      sendTen(sqs, stack.intakeQueueUrl, from + batch * 10, filling.message),
    );
    while (filling.rows() < before + perPoint && Date.now() < endsAtMs) {
      await systemClock.sleep(100);
    }
    points.push(await look(stack, filling));
    console.error(JSON.stringify(points.at(-1)));
  }
  return points;
}

const sendTen = (
  sqs: SQSClient,
  QueueUrl: string,
  from: number,
  message: Filling['message'],
): Promise<unknown> =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: Array.from({ length: 10 }, (_, n) => ({
        Id: `m${n}`,
        MessageBody: JSON.stringify(message(from + n)),
      })),
    }),
  );

async function look(stack: LocalStack, { message, rows, ended }: Filling): Promise<BacklogPoint> {
  const queued = rows() - ended();
  const { url } = stack;
  const submits = await sideBySide(PROBES, 1, (n) => timed(() => postJob(url, { ...message(n) })));
  const lists = await sideBySide(PROBES, 1, () =>
    timed(async () => (await fetch(`${url}/jobs?limit=50`)).text()),
  );
  const p95 = (all: readonly { readonly elapsedMs: number }[]): number =>
    percentile(
      all.map(({ elapsedMs }) => elapsedMs),
      0.95,
    );
  const pids = Object.values(stack.functions.pools).flatMap((pool) => [...pool.pids()]);
  const held = await Promise.all(pids.map(findMemoryMb));
  return {
    queued,
    submitP95Ms: p95(submits),
    listP95Ms: p95(lists),
    functionMb: Math.max(0, ...held),
    stackMb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
}

async function findMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}
