import { describe, expect, it } from 'vitest';
import { sqsEvent } from '../../local/event-source-mapping/sqs-event.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { submitJob } from '../../shared/jobs/submit-job.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import { createLife } from '../support/mortal.ts';
import { createDeployment } from '../support/scenario/deployment.ts';
import { ACCOUNT, ORG } from '../support/scenario/scenario-vendor.ts';
import { arrivalsMs, BATCH, POLICY_RUN } from '../support/scenario/vendor-record.ts';

/** One message, given to a second worker `apartMs` after the first. */
async function deliverTwice(type: string, paramsOf: (id: number) => object, apartMs: number) {
  const deployment = createDeployment();
  const { clock, control, service, lane, simulator, jobs, workerOf } = deployment;
  const org = simulator.org(ORG);
  const [id = 0] = type === 'automox.policy.run' ? org.policies.keys() : org.devices.keys();
  const request = { type, account: ACCOUNT, params: paramsOf(id), idempotencyKey: 'job' };
  const { job } = await submitJob(control, request, { way: 'http' });
  const queue = service.model.getQueue(lane.name);
  const event = sqsEvent(queue.receive({}, clock.nowMs()), queue.arn);
  invariant(event.Records.length === 1, 'the message is there');

  let working = 2;
  const deliver = async (afterMs: number): Promise<void> => {
    await clock.sleep(afterMs);
    await workerOf(createLife())(event, () => FUNCTION_TIMEOUT_MS);
    working -= 1;
  };
  const deliveries = [deliver(0), deliver(apartMs)];
  await clock.runUntil(() => working === 0);
  await Promise.all(deliveries);
  return { simulator, log: deployment.log, job: await jobs.find(job.id) };
}

/** From "at the same instant" to "after the first has ended", through every step between. */
const apartMs = Array.from({ length: 45 }, (_, n) => n * 5);

describe('one message given to two workers', () => {
  it('is one batch call, however far apart they are', async () => {
    for (const apart of apartMs) {
      const paramsOf = (device: number) => ({
        devices: [device],
        actions: [{ attribute: 'tags', action: 'apply', value: ['pilot'] }],
      });
      const { simulator, job, log } = await deliverTwice('automox.servers.batch', paramsOf, apart);
      expect(arrivalsMs(simulator, BATCH)).toHaveLength(1);
      expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
      expect(log.complaints).toEqual([]);
    }
  });

  it('is one policy run, and nobody is in doubt about it', async () => {
    for (const apart of apartMs) {
      const paramsOf = (policyId: number) => ({ policyId });
      const { simulator, job } = await deliverTwice('automox.policy.run', paramsOf, apart);
      expect(arrivalsMs(simulator, POLICY_RUN)).toHaveLength(1);
      expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
    }
  });
});
