/** A process of workers: says that it is ready, takes its assignment, and answers with its tally. */
import { createDynamoDbClient } from '../../shared/aws/clients.ts';
import { createDynamoBudgetStore } from '../../shared/aws/dynamo-budget-store.ts';
import { createVendorClient } from '../../shared/http/vendor-client.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/kernel/random.ts';
import { createLimiter, type Limiter, type Permit } from '../../shared/limiter/limiter.ts';
import { CALL_TIMEOUT_MS } from '../../shared/limiter/timings.ts';
import { type Assignment, addTallies, READY, type Tally } from './assignment.ts';
import { BUDGETS_TABLE } from './budgets-table.ts';

process.once('message', (assignment: Assignment) => {
  void work(assignment).then((tally) => {
    process.send?.(tally, () => process.disconnect());
  });
});

process.send?.(READY);

async function work(assignment: Assignment): Promise<Tally> {
  const workers = Array.from({ length: assignment.workers }, (_, n) =>
    workOne(assignment, `worker ${assignment.firstWorker + n}`),
  );
  return addTallies(await Promise.all(workers));
}

async function workOne(assignment: Assignment, group: string): Promise<Tally> {
  const { countedFromMs, endsAtMs } = assignment;
  const tally = { granted: 0, denied: 0, missed: 0 };
  const count = (what: keyof Tally): void => {
    if (Date.now() >= countedFromMs) tally[what] += 1;
  };
  const limiter = limiterOver(assignment.dynamodbUrl);
  const client = createVendorClient({ clock: systemClock });
  const permitInTime = async (): Promise<Permit | undefined> => {
    while (Date.now() < endsAtMs) {
      const answer = await limiter.acquire({
        budgets: [assignment.budget],
        token: randomId('p'),
        group,
        urgent: false,
        patienceMs: 2_000,
      });
      if (answer.granted) return answer.permit;
      count('denied');
      await systemClock.sleep(Math.min(answer.retryAtMs, endsAtMs) - Date.now());
    }
    return undefined;
  };
  for (let permit = await permitInTime(); permit; permit = await permitInTime()) {
    const done = assignment.kind === 'decide' ? await pretend(permit) : await call(permit);
    if (done === undefined) break;
    count('granted');
    await limiter.settle(done, { kind: 'counted', boundAtMs: Date.now() });
  }
  client.close();
  return tally;

  async function pretend(permit: Permit): Promise<Permit> {
    await systemClock.sleep(assignment.callMs * (0.5 + systemRandom()));
    return permit;
  }

  /** The permit that the call went under; undefined where none came in time. */
  async function call(claimed: Permit): Promise<Permit | undefined> {
    let permit: Permit | undefined = claimed;
    const sleepUntilSlot = (): Promise<void> =>
      systemClock.sleep((permit?.sendAtMs ?? 0) - Date.now());
    const whenConnected = async (): Promise<void> => {
      limiter.becameReady(claimed, Date.now() - claimed.askedAtMs);
      await sleepUntilSlot();
      while (permit && Date.now() > permit.notAfterMs) {
        count('missed');
        permit = await permitInTime();
        if (permit) limiter.becameReady(permit, Date.now() - permit.askedAtMs);
        await sleepUntilSlot();
      }
      if (!permit) throw new OutOfTime();
    };
    const url = new URL(`${assignment.vendorUrl}/things`);
    const request = { method: 'GET', url, timeoutMs: CALL_TIMEOUT_MS, whenConnected } as const;
    try {
      await client.send(request);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
    }
    return permit;
  }
}

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

function limiterOver(endpointUrl: string): Limiter {
  const dynamodb = createDynamoDbClient({
    endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return createLimiter({
    store: createDynamoBudgetStore({ client: dynamodb, tableName: BUDGETS_TABLE }),
    clock: systemClock,
    random: systemRandom,
  });
}
