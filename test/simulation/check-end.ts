/** What must be true once nothing goes wrong any more and every job has had its time. */
import { gunzipSync } from 'node:zlib';
import type { ProviderName } from '../../shared/config/account.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { isOutcome } from '../../shared/jobs/states.ts';
import { getProvider } from '../../shared/providers/registry.ts';
import type { Plan } from './plan.ts';
import { INTAKE, type Services } from './services.ts';
import type { Sluice } from './sluice.ts';
import { isTooLate, type Wanted } from './traffic.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { VendorFacts } from './vendors/vendor-facts.ts';
import type { World } from './world.ts';

export async function checkEnd(
  world: World,
  services: Services,
  sluice: Sluice,
  vendor: SimulatedVendor,
  wanted: readonly Wanted[],
): Promise<void> {
  const { oracle } = world;
  checkSecrets(
    world,
    services,
    vendor,
    await Promise.all(wanted.map(({ id }) => services.jobs.find(id))),
  );
  let attempts = 0;
  for (const one of wanted) {
    const job = await services.jobs.find(one.id);
    if (!job) {
      const owed = one.accepted && !isTooLate(services, one.work);
      if (owed) oracle.accuse('outcome', `work ${one.work.name} was accepted and is gone`);
      continue;
    }
    attempts += job.attempts;
    checkJob(world, vendor, one, job);
    await checkRows(world, services, vendor, one, job);
  }
  if (attempts > sluice.permits.grants) {
    oracle.accuse('attempts', `${attempts} attempts under ${sluice.permits.grants} permits`);
  }
  checkQueues(world, services, wanted);
  checkPoison(world, services);
}

function checkJob({ oracle, facts }: World, vendor: SimulatedVendor, one: Wanted, job: Job): void {
  const { work } = one;
  const { onceOnly, isDone } = vendor.workOf(work);
  const name = `${work.kind} ${work.name}`;
  if (!isOutcome(job.status)) {
    oracle.accuse('outcome', `${name} is ${job.status} for ever`);
    return;
  }
  const parked = ['failed', 'uncertain', 'partial'].includes(job.status);
  if (parked && job.attempts === 0) {
    oracle.accuse('waiting', `${name} is ${job.status} (${job.error?.code}) and was never tried`);
  }
  if (job.status === 'expired' && work.deadlineMs === undefined) {
    oracle.accuse('outcome', `${name} expired, and had no deadline of its own`);
  }
  if (job.status === 'cancelled' && !one.cancelAsked) {
    oracle.accuse('truth', `${name} is cancelled, and nobody asked`);
  }
  if (job.error?.code === 'provider.unauthorized' && parked) {
    oracle.accuse('credential', `${name} is ${job.status}: ${job.error.message}`);
  }
  for (const what of onceOnly) {
    const times = vendor.effects.get(what) ?? 0;
    if (times > 1)
      oracle.accuse('once', `"${what}" was done ${times} times; the job is ${job.status}`);
    const never = ['failed', 'cancelled', 'expired'].includes(job.status) && !saysDone(facts, job);
    if (never && times > 0)
      oracle.accuse('truth', `${name} is ${job.status}, yet "${what}" was done`);
  }
  if (job.status === 'succeeded' && !isDone()) {
    oracle.accuse('truth', `${name} says it succeeded, and the vendor shows nothing of it`);
  }
}

/** A call that changes something was answered with success, or found: the job hides nothing. */
const saysDone = ({ account }: VendorFacts, { timeline }: Job): boolean =>
  timeline.some(
    (entry) =>
      entry.event === 'found' ||
      (entry.event === 'call' &&
        isWrite(account.provider, entry.operation) &&
        entry.status !== undefined &&
        entry.status < 300),
  );

const isWrite = (provider: ProviderName, id: string): boolean =>
  Object.values(getProvider(provider).operations).some(
    (operation) => operation.id === id && operation.repeat !== 'safe',
  );

async function checkRows(
  { oracle }: World,
  services: Services,
  vendor: SimulatedVendor,
  { work }: Wanted,
  job: Job,
): Promise<void> {
  const wanted = vendor.workOf(work).rows;
  if (wanted === undefined || job.status !== 'succeeded') return;
  const bytes =
    job.result?.kind === 'object' ? await services.results.read(job.result.key) : undefined;
  const rows = bytes ? gunzipSync(bytes).toString().split('\n').filter(Boolean).length : 0;
  if (rows !== wanted)
    oracle.accuse('truth', `${work.kind} ${work.name} holds ${rows} rows of ${wanted}`);
}

function checkQueues({ oracle, plan }: World, services: Services, wanted: readonly Wanted[]): void {
  const { lane } = services;
  const poison = poisonOf(plan, 'intake');
  const rejected = services.rejected.filter(({ body }) => !poison.includes(body));
  const late = wanted.filter(({ work }) => isTooLate(services, work)).length;
  if (lane.deadLetters() !== poisonOf(plan, 'lane').length)
    oracle.accuse('dead', `${lane.deadLetters()} dead letters`);
  if (lane.backlog() > 0) oracle.accuse('dead', `${lane.backlog()} messages are left on the lane`);
  // An intake that dies once it has kept a message keeps it again.
  const refused = new Set(rejected.map(({ body }) => body));
  if (refused.size > late) oracle.accuse('dead', `the intake refused ${rejected[0]?.body}`);
}

/** What is no message is kept for a person to look at. */
function checkPoison({ oracle, plan, clock }: World, { sqs, rejected }: Services): void {
  const { visible, delayed, inFlight } = sqs.model.getQueue(INTAKE).counts(clock.nowMs());
  if (visible + delayed + inFlight > 0) return;
  for (const body of poisonOf(plan, 'intake')) {
    if (rejected.every((kept) => kept.body !== body)) oracle.accuse('dead', `"${body}" is gone`);
  }
}

const poisonOf = ({ faults }: Plan, queue: 'intake' | 'lane'): readonly string[] =>
  faults.flatMap((it) => (it.kind === 'poison' && it.queue === queue ? [it.body] : []));

function checkSecrets(
  { oracle, facts }: World,
  services: Services,
  { tokens }: SimulatedVendor,
  jobs: readonly unknown[],
): void {
  const sinks = [
    jobs,
    services.announcer.announced,
    services.publisher.published,
    services.logLines,
  ];
  const text = JSON.stringify(sinks);
  for (const secret of [...facts.canaries, ...tokens]) {
    if (text.includes(secret))
      oracle.accuse('secret', 'a credential is in a row, an event or a log');
  }
}
