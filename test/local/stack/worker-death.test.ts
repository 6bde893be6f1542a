import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runPolicy, tagDevices } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { ORGANIZATION_ID, type RunningStack, startRunningStack } from './running-stack.ts';
import {
  createReaper,
  endLease,
  killWorkers,
  redeliverAsDeployed,
  redeliverSoon,
  untilLaneIsEmpty,
} from './worker-death.ts';

const reaper = createReaper();

let running: RunningStack;
let outcomes: Outcomes;
let policyId: number;

beforeAll(async () => {
  running = await startRunningStack({
    onAwsCall: reaper.onAwsCall,
    faults: reaper.faults,
  });
  outcomes = await watchOutcomes(running);
  [policyId = 0] = running.stack.vendors
    .simulatorOf('automox')
    .org(ORGANIZATION_ID)
    .policies.keys();
});

beforeEach(() => redeliverSoon(running, reaper));

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

/** The vendor's own record of writes since the last look. */
let seen = 0;
function newWrites(): readonly string[] {
  const { writes } = running.stack.vendors.simulatorOf('automox').audit();
  const fresh = writes.slice(seen).map(({ operation, status }) => `${operation} ${status}`);
  seen = writes.length;
  return fresh;
}

describe('a worker killed by SIGKILL', () => {
  it('loses nothing before the answer to a repeatable call is recorded: it is sent again', async () => {
    const killed = reaper.killAt(running, 'GetItem');
    const id = await running.submit(tagDevices(running.devices.slice(0, 2), 'batch'));
    await killed;
    await redeliverAsDeployed(running, reaper);
    await endLease(running, id);
    expect(await outcomes.job('batch')).toMatchObject({ id, status: 'succeeded', attempts: 2 });
    expect(newWrites()).toEqual(['POST /servers/batch 200', 'POST /servers/batch 200']);
    await untilLaneIsEmpty(running);
  });

  it('never repeats a call that may not be repeated, and says that its fate is unknown', async () => {
    const automox = running.stack.vendors.simulatorOf('automox');
    automox.faults.add({ path: '/policies/**', fault: { kind: 'slow', delayMs: 30_000 } });
    const arrived = automox.arrivals.length + 1;
    const id = await running.submit(runPolicy(policyId, 'unknown'));
    await expect.poll(() => automox.arrivals.length).toBe(arrived);
    killWorkers(running);
    await redeliverAsDeployed(running, reaper);
    await endLease(running, id);
    expect(await outcomes.job('unknown')).toMatchObject({
      id,
      status: 'uncertain',
      error: { code: 'provider.no-answer' },
    });
    expect(newWrites()).toEqual(['POST /policies/:id/action 201']);
    await untilLaneIsEmpty(running);
  });

  it('has done its work once the end is stored, and the next worker tells of it', async () => {
    const killed = reaper.killAt(running, 'PutItem');
    const id = await running.submit(runPolicy(policyId, 'stored'));
    await killed;
    await redeliverAsDeployed(running, reaper);
    expect(await running.job(id)).toMatchObject({ status: 'succeeded' });
    expect(outcomes.all('stored')).toEqual([]);
    expect(await outcomes.job('stored')).toMatchObject({ id, status: 'succeeded', attempts: 1 });
    expect(newWrites()).toEqual(['POST /policies/:id/action 201']);
    await untilLaneIsEmpty(running);
  });

  it('has done its work once the end is told, and at worst it is told again', async () => {
    const killed = reaper.killAt(running, 'PutEvents');
    const id = await running.submit(runPolicy(policyId, 'told'));
    await killed;
    await redeliverAsDeployed(running, reaper);
    await untilLaneIsEmpty(running);
    expect(await outcomes.job('told')).toMatchObject({ id, status: 'succeeded', attempts: 1 });
    await expect.poll(() => outcomes.all('told').length).toBe(2);
    expect(newWrites()).toEqual(['POST /policies/:id/action 201']);
  });
});
