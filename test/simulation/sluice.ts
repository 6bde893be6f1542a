/**
 * Sluice as it is deployed, in a simulated world: the real functions, job engine, limiter and provider,
 * each invocation in an environment that can die, between the SQS model and the vendor.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { intakeMapping } from '../../functions/intake/contract.ts';
import { createIntake } from '../../functions/intake/intake.ts';
import { reconcileEveryMs } from '../../functions/reconcile/contract.ts';
import { createReconcile } from '../../functions/reconcile/reconcile.ts';
import { workerMapping } from '../../functions/worker/contract.ts';
import { createWorker } from '../../functions/worker/worker.ts';
import { startEventSourceMapping } from '../../local/event-source-mapping/event-source-mapping.ts';
import { createModelQueuePort } from '../../local/event-source-mapping/queue-port.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { createSecretCache } from '../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../shared/http/token-cache.ts';
import { cancelJob } from '../../shared/jobs/control-job.ts';
import { submitJob } from '../../shared/jobs/submit-job.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { createLimiter } from '../../shared/limiter/limiter.ts';
import { catalogOf } from '../../shared/providers/job-catalog.ts';
import { getProvider } from '../../shared/providers/registry.ts';
import { createVendorAccount } from '../../shared/providers/vendor-account.ts';
import { createMeasuredMetrics } from '../functions/metric-lines.ts';
import { createMemorySecretKeeper } from '../support/memory/memory-secret-keeper.ts';
import { amongRivals } from '../support/rivals.ts';
import { ACCOUNT, overridesAt } from './configured.ts';
import { type Environment, stepped } from './environment.ts';
import type { Fates } from './fates.ts';
import { createLambda } from './lambda.ts';
import type { Network } from './network.ts';
import { createPermitWatch, type PermitWatch } from './permit-watch.ts';
import { INTAKE, type Services } from './services.ts';
import { idOf } from './traffic.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { World } from './world.ts';

/** What the HTTP function is asked to do. */
export type ApiCall =
  | { readonly kind: 'submit'; readonly message: object }
  | { readonly kind: 'cancel'; readonly id: string };

export interface Sluice {
  /** One invocation of the HTTP function. Answers the job; rejects as the function would. */
  call(request: ApiCall): Promise<string>;
  readonly permits: PermitWatch;
}

export async function startSluice(
  world: World,
  fates: Fates,
  services: Services,
  { network, vendor }: { readonly network: Network; readonly vendor: SimulatedVendor },
): Promise<Sluice> {
  const { clock } = world;
  const { account } = world.facts;
  const provider = getProvider(account.provider);
  const catalog = catalogOf([provider]);
  const permits = createPermitWatch(world, vendor.toldMs);

  /** The ports of one environment, each call a step of its life. */
  const portsOf = (env: Environment) => ({
    catalog,
    accounts: { [ACCOUNT]: account },
    clock: env.clock,
    random: world.random,
    log: services.log,
    store: stepped(env, 'jobs', services.jobs),
    watch: env.watch,
    queue: stepped(env, 'lane', services.lane.jobQueueOf(env.clock)),
    results: stepped(env, 'results', services.results),
    announcer: stepped(env, 'bus', { announce: services.announcer.announce }),
    publisher: stepped(env, 'bus', { publish: services.publisher.publish }),
    deadLetters: stepped(env, 'lane', services.deadLetters),
  });

  const loadWorker = (env: Environment) => {
    const ports = portsOf(env);
    const vendorDeps = {
      client: network.clientOf(env),
      secrets: createSecretCache({
        source: stepped(env, 'secrets', { getSecret: services.secret.getSecret }),
        clock: env.clock,
      }),
      tokens: createTokenCache({ clock: env.clock }),
      clock: env.clock,
      localStack: false,
      endpointsHonoured: false,
      budgets: overridesAt(world.plan, world.elapsedMs()),
    };
    const limiter = createLimiter({
      store: stepped(env, 'budgets', services.budgets),
      clock: env.clock,
      random: world.random,
      watch: env.watch,
    });
    const contended = amongRivals(limiter, env.clock, () => fates.hasRivals(world.elapsedMs()));
    const work = createWorker({
      ...ports,
      limiter: permits.watchLimiter(env, contended.limiter),
      vendorOf: () =>
        permits.watchVendor(env, createVendorAccount(vendorDeps, provider, ACCOUNT, account)),
      deferrals: stepped(env, 'visibility', services.lane.deferrals),
      keeper: createMemorySecretKeeper(),
      managedSources: () => [],
    });
    return (event: SQSEvent, remainingMs: () => number) => {
      contended.nextDelivery();
      env.dieAt(killedAt(world, fates, event));
      return work(event, remainingMs);
    };
  };

  const worker = createLambda<SQSEvent, SQSBatchResponse>(world, fates, 'worker', loadWorker);
  const intake = createLambda<SQSEvent, SQSBatchResponse>(world, fates, 'intake', (env) =>
    createIntake({
      ...portsOf(env),
      deferrals: stepped(env, 'visibility', services.intakeDeferrals),
      metrics: createMeasuredMetrics().metrics,
    }),
  );
  const reconcile = createLambda<undefined, unknown>(world, fates, 'reconcile', (env) =>
    createReconcile(portsOf(env)),
  );
  const api = createLambda<ApiCall, string>(world, fates, 'api', (env) => {
    const ports = portsOf(env);
    return async (request) => {
      if (request.kind === 'cancel') return (await cancelJob(ports, request.id)).id;
      return (await submitJob(ports, request.message, { way: 'http' })).job.id;
    };
  });

  const map = (
    host: 'worker' | 'intake',
    queueName: string,
    lambda: typeof worker,
    batchSize: number,
  ) => {
    let invocations = 0;
    return startEventSourceMapping({
      queue: createModelQueuePort(services.sqs, queueName),
      timers: clock,
      config: {
        batchSize,
        maximumConcurrency: workerMapping.concurrencyMax,
        reportBatchItemFailures: true,
        functionTimeoutMs: FUNCTION_TIMEOUT_MS,
      },
      invoke: (event) => {
        invocations += 1;
        if (host === 'worker') noteReceives(world, event);
        const duplicateAfterMs = fates.duplicateAfterMs(host, invocations);
        if (duplicateAfterMs !== undefined) {
          const again = () => void lambda.invoke(event).catch(() => {});
          clock.setTimer(clock.nowMs() + duplicateAfterMs, again);
        }
        return lambda.invoke(event);
      },
    });
  };
  const tick = (): void => {
    void reconcile.invoke(undefined).catch(() => {});
    clock.setTimer(clock.nowMs() + reconcileEveryMs, tick);
  };

  clock.setTimer(clock.nowMs() + reconcileEveryMs, tick);
  await map('worker', services.lane.name, worker, workerMapping.batchSize);
  await map('intake', INTAKE, intake, intakeMapping.batchSize);
  return { permits, call: (request) => api.invoke(request) };
}

const RECEIVES_A_SECOND_MAX = 5;

function noteReceives(world: World, { Records: records }: SQSEvent): void {
  const { receives, oracle } = world;
  const nowMs = world.elapsedMs();
  for (const { messageId, attributes } of records) {
    const { firstMs = nowMs, recentMs = [] } = receives.get(messageId) ?? {};
    const count = Number(attributes.ApproximateReceiveCount);
    const recent = [...recentMs, nowMs].filter((atMs) => atMs > nowMs - seconds(1));
    receives.set(messageId, { count, firstMs, recentMs: recent });
    if (recent.length > RECEIVES_A_SECOND_MAX) {
      oracle.accuse('spin', `a message was received ${recent.length} times within a second`);
    }
  }
}

/** The first of its steps at which a process dies of what it was given. */
function killedAt(world: World, fates: Fates, { Records: records }: SQSEvent): number | undefined {
  const deadly = world.plan.work.filter((work) =>
    records.some(({ body }) => body.includes(idOf(work))),
  );
  const steps = deadly.flatMap(({ name }) => fates.killedAt(name, world.elapsedMs()) ?? []);
  return steps.length > 0 ? Math.min(...steps) : undefined;
}
