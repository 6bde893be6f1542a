import { setTimeout as pause } from 'node:timers/promises';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { localClientConfig } from '../../local/stack/provision.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { submitUntilAccepted, untilEnded, type Wish } from './callers.ts';
import { type ChaosStack, openChaosStack } from './chaos-stack.ts';
import { killWorkers } from './mishaps.ts';

/** Where the moments of death come from; what the processes do meanwhile is their own. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const TIMEOUT_MS = 240_000;
const TAGS = 30;

function wishes({ org }: ChaosStack): Wish[] {
  const devices = [...org().devices.keys()];
  const [policyId = 0] = org().policies.keys();
  const wish = (kind: string, n: number, type: string, params: object): Wish => ({
    key: `${kind}-${n}`,
    type,
    params,
    tenant: `tenant-${n % 3}`,
  });
  const many = (count: number, make: (n: number) => Wish) =>
    Array.from({ length: count }, (_, n) => make(n));
  return [
    ...many(TAGS, (n) =>
      wish('tag', n, 'automox.servers.batch', {
        devices: [devices[n]],
        actions: [{ attribute: 'tags', action: 'apply', value: [`tag-${n}`] }],
      }),
    ),
    ...many(8, (n) =>
      wish('run', n, 'automox.policy.run', { policyId, devices: [devices[40 + n]] }),
    ),
    ...many(4, (n) => wish('group', n, 'automox.groups.ensure', { name: `group ${n}` })),
    ...many(2, (n) => wish('list', n, 'automox.servers.query', {})),
  ];
}

/** Some of the vendor's answers are late, wrong, or never come. */
function spoil({ simulator }: ChaosStack): void {
  const on = { method: 'POST', path: '/servers/batch' };
  simulator.faults.add({ ...on, skip: 2, fault: { kind: 'status', status: 503, acted: true } });
  simulator.faults.add({ ...on, skip: 9, fault: { kind: 'cut', acted: true } });
  simulator.faults.add({ ...on, skip: 15, times: 3, fault: { kind: 'slow', delayMs: 1_500 } });
  simulator.faults.add({
    path: '/policies/*/action',
    skip: 3,
    fault: { kind: 'cut', acted: true },
  });
  simulator.faults.add({ method: 'POST', path: '/servergroups', fault: { kind: 'half-body' } });
}

describe('a stack that is killed at random', () => {
  it(
    'loses no job, fills no window too full and makes no unsafe write twice',
    async () => {
      const stack = await openChaosStack();
      const random = seededRandom(SEED);
      spoil(stack);
      const wanted = wishes(stack);
      const accepted = Promise.all(wanted.map((wish) => submitUntilAccepted(stack, wish)));
      let killed = 0;
      for (let death = 0; death < 3; death += 1) {
        await pause(1_000 + random() * 3_000);
        killed += await killWorkers(stack.pid());
      }
      await pause(random() * 1_000);
      await stack.losePower();
      await pause(1_000 + random() * 2_000);
      killed += await killWorkers(stack.pid());
      await stack.losePower();
      expect(killed).toBeGreaterThan(0);

      const ids = await accepted;
      const jobs = await Promise.all(ids.map((id) => untilEnded(stack, id)));
      const kinds = wanted.map(({ key }) => key.replace(/-.*/, ''));
      await expectOutcomes(
        stack,
        kinds,
        jobs.map(({ status }) => status),
      );
      expectVendorUnharmed(stack);
      expect(await deadLetters(stack)).toBe(0);
    },
    TIMEOUT_MS,
  );
});

async function expectOutcomes(
  stack: ChaosStack,
  kinds: string[],
  statuses: string[],
): Promise<void> {
  const of = (kind: string) => statuses.filter((_, at) => kinds[at] === kind);
  for (const kind of ['tag', 'group', 'list']) {
    expect([kind, ...new Set(of(kind))]).toEqual([kind, 'succeeded']);
  }
  // A run that was on its way when its worker died may or may not have happened: nobody says it did.
  expect(of('run').every((status) => ['succeeded', 'uncertain'].includes(status))).toBe(true);
  // Automox changes tags some time after its answer.
  await expect.poll(() => untagged(stack), { timeout: 20_000 }).toEqual([]);
  const { groups } = stack.org();
  const names = [...groups.values()]
    .map(({ name }) => name)
    .filter((it) => it.startsWith('group '));
  expect(names.toSorted()).toEqual(['group 0', 'group 1', 'group 2', 'group 3']);
}

/** Devices whose tag job succeeded and that do not have the tag. */
const untagged = (stack: ChaosStack): string[] =>
  [...stack.org().devices.values()]
    .slice(0, TAGS)
    .flatMap(({ tags }, n) => (tags.includes(`tag-${n}`) ? [] : [`tag-${n}`]));

/** By the vendor's own count and record. */
function expectVendorUnharmed({ simulator }: ChaosStack): void {
  const { limits, writes, statuses } = simulator.audit();
  for (const { fullest, limit, windowMs } of Object.values(limits)) {
    expect([fullest <= limit, windowMs]).toEqual([true, windowMs]);
  }
  expect(statuses['429']).toBeUndefined();
  const runs = writes.filter(({ operation }) => operation === 'POST /policies/:id/action');
  const byBody = Object.values(Object.groupBy(runs, ({ bodyDigest }) => bodyDigest));
  expect(byBody.map((same) => same?.length)).toEqual(byBody.map(() => 1));
}

async function deadLetters(stack: ChaosStack): Promise<number> {
  const sqs = new SQSClient(localClientConfig(stack.awsUrl()));
  const QueueUrl = `${stack.awsUrl()}/000000000000/sluice-automox-dead.fifo`;
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages']);
}
