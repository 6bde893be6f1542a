/** What must be true once nothing goes wrong any more and every job has had its time. */
import { gunzipSync } from 'node:zlib';
import type { Job } from '../../shared/jobs/job.ts';
import { isOutcome } from '../../shared/jobs/states.ts';
import type { Services } from './services.ts';
import type { Sluice } from './sluice.ts';
import { isTooLate, type Wanted } from './traffic.ts';
import { FIRST_KEY, SECOND_KEY, type SimulatedVendor } from './vendor.ts';
import { isDone, onceOnly } from './work.ts';
import type { World } from './world.ts';

const DEVICES = 20;

export async function checkEnd(
  world: World,
  services: Services,
  sluice: Sluice,
  vendor: SimulatedVendor,
  wanted: readonly Wanted[],
): Promise<void> {
  const { oracle } = world;
  checkSecrets(world, services, await Promise.all(wanted.map(({ id }) => services.jobs.find(id))));
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
    await checkRows(world, services, one, job);
  }
  if (attempts > sluice.permits.grants) {
    oracle.accuse('attempts', `${attempts} attempts under ${sluice.permits.grants} permits`);
  }
  checkQueues(world, services, wanted);
}

function checkJob({ oracle }: World, vendor: SimulatedVendor, one: Wanted, job: Job): void {
  const { work } = one;
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
  for (const what of onceOnly(work, vendor)) {
    const times = vendor.effects.get(what) ?? 0;
    if (times > 1)
      oracle.accuse('once', `"${what}" was done ${times} times; the job is ${job.status}`);
    const never = ['failed', 'cancelled', 'expired'].includes(job.status) && !saysDone(job);
    if (never && times > 0)
      oracle.accuse('truth', `${name} is ${job.status}, yet "${what}" was done`);
  }
  if (job.status === 'succeeded' && !isDone(work, vendor)) {
    oracle.accuse('truth', `${name} says it succeeded, and the vendor shows nothing of it`);
  }
}

/** A call that changes something was answered with success, or found: the job hides nothing. */
const saysDone = ({ timeline }: Job): boolean =>
  timeline.some(
    (entry) =>
      entry.event === 'found' ||
      (entry.event === 'call' &&
        !entry.operation.endsWith('list') &&
        entry.status !== undefined &&
        entry.status < 300),
  );

async function checkRows({ oracle }: World, services: Services, { work }: Wanted, job: Job) {
  if (work.kind !== 'list' || job.status !== 'succeeded') return;
  const bytes =
    job.result?.kind === 'object' ? await services.results.read(job.result.key) : undefined;
  const rows = bytes ? gunzipSync(bytes).toString().split('\n').filter(Boolean).length : 0;
  if (rows !== DEVICES)
    oracle.accuse('truth', `list ${work.name} holds ${rows} devices of ${DEVICES}`);
}

function checkQueues({ oracle }: World, services: Services, wanted: readonly Wanted[]): void {
  const { lane, rejected } = services;
  const late = wanted.filter(({ work }) => isTooLate(services, work)).length;
  if (lane.deadLetters() > 0) oracle.accuse('dead', `${lane.deadLetters()} dead letters`);
  if (lane.backlog() > 0) oracle.accuse('dead', `${lane.backlog()} messages are left on the lane`);
  // An intake that dies once it has kept a message keeps it again.
  const refused = new Set(rejected.map(({ body }) => body));
  if (refused.size > late) oracle.accuse('dead', `the intake refused ${rejected[0]?.body}`);
}

function checkSecrets({ oracle }: World, services: Services, jobs: readonly unknown[]): void {
  const sinks = [
    jobs,
    services.announcer.announced,
    services.publisher.published,
    services.logLines,
  ];
  const text = JSON.stringify(sinks);
  for (const secret of [FIRST_KEY, SECOND_KEY]) {
    if (text.includes(secret))
      oracle.accuse('secret', 'a credential is in a row, an event or a log');
  }
}
