import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billIdle, billJobs, linesOf, totalOf } from '../../../bench/cost/bill.ts';
import { type CallMeter, createCallMeter } from '../../../bench/cost/call-meter.ts';
import { type CostFigures, countDeployments } from '../../../bench/cost/cost-figures.ts';
import { costPage, jobLines, nameOf } from '../../../bench/cost/cost-page.ts';
import { costPlot } from '../../../bench/cost/cost-plot.ts';
import { toJobItem } from '../../../shared/aws/job-item.ts';
import { createEngine } from '../../shared/jobs/engine.ts';

/** Four stacks are synthesized; nothing is timed. */
const SYNTHESIS_MS = 120_000;

const docs = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const figures = JSON.parse(docs('cost/figures.json')) as CostFigures;
const plotted = figures.cases.map((it) => ({
  name: nameOf(it).replaceAll('`', ''),
  bill: jobLines(figures, it),
}));

describe('docs/cost.md', () => {
  it(
    'is what the figures, the prices and the template come to',
    () => {
      expect(costPage(figures, countDeployments())).toBe(docs('cost.md'));
      expect(costPlot(plotted)).toBe(docs('cost/jobs.svg'));
    },
    SYNTHESIS_MS,
  );

  it('is of jobs that asked for all that is priced', () => {
    const [batch, queued, list] = figures.cases;
    expect(batch?.counts.writeUnits).toBeGreaterThan(batch?.counts.indexUnits ?? 0);
    expect(batch?.counts.invocations).toBe(2 * (batch?.jobs ?? 0));
    expect(queued?.counts.standardQueueRequests).toBe(3 * (queued?.jobs ?? 0));
    expect(list?.counts.objectWrites).toBeGreaterThan(0);
    expect(figures.reconcile.invocations).toBe(1);
  });
});

const counts = {
  awsCalls: 10,
  invocations: 2,
  standardQueueRequests: 0,
  fifoQueueRequests: 4,
  writeUnits: 16,
  indexUnits: 10,
  readUnits: 6,
  events: 1,
  logBytes: 2_147_483_648,
  objectWrites: 1,
  objectReads: 1,
};
const assumed = { awsCallMs: 4, vendorCallMs: 300, cpuMsPerInvocation: 30, memoryMb: 512 };

describe('a bill', () => {
  it('is what each part costs, for as many jobs as are asked for', () => {
    const oneCase = { name: 'x', way: 'http', jobs: 1, vendorCalls: 1, counts } as const;
    const bill = linesOf(billJobs(oneCase, 1_000_000, assumed));
    const usd = Object.fromEntries(bill.map(({ line, usd }) => [line, Number(usd.toFixed(4))]));
    expect(usd).toMatchObject({
      DynamoDB: 16 * 0.625 + 6 * 0.125,
      SQS: 2,
      'EventBridge and Scheduler': 1,
      'API Gateway': 1,
      'CloudWatch Logs': 1_000_000,
      'X-Ray': 10,
      S3: 5.4,
    });
    // Two invocations of 30 ms, ten calls of 4 ms, one answer of 300 ms, in half a gigabyte.
    expect(usd['Lambda']).toBeCloseTo(2 * 0.2 + 0.4 * 0.5 * 13.3334, 3);
  });

  it('of an idle month is that of ticks and polls', () => {
    const clockwork = { reconcile: counts, ticksAMonth: 10, intakePolls: 5, lanePolls: 7 };
    const billed = billIdle(clockwork, assumed);
    expect(billed).toMatchObject({
      scheduledTicks: 10,
      invocations: 20,
      standardQueueRequests: 5,
      fifoQueueRequests: 7,
    });
  });

  it('adds what stands there all month', () => {
    const standing = { secrets: 2, alarms: 10, dashboards: 1, metrics: 10, keys: 1 };
    const nothing = billIdle(
      { reconcile: counts, ticksAMonth: 0, intakePolls: 0, lanePolls: 0 },
      assumed,
    );
    expect(totalOf(linesOf(nothing, standing))).toBeCloseTo(0.8 + 1 + 3 + 3 + 1, 6);
  });
});

describe('the meter', () => {
  async function written(): Promise<CallMeter> {
    const meter = createCallMeter('jobs');
    const engine = createEngine();
    const { id } = await engine.submit();
    const job = await engine.find(id);
    const put = (changes: object): void => {
      const attributes = toJobItem({ ...job, ...changes });
      meter.onTableCall({
        operation: 'PutItem',
        table: 'jobs',
        status: 200,
        item: { id, bytes: 700, attributes },
      });
    };
    put({});
    put({ status: 'running' });
    return meter;
  }

  it('counts a row with its index entries, and one that moves to another key twice', async () => {
    const { writeUnits, indexUnits } = (await written()).take();
    // Three entries appear; then by status one goes and one comes, and by account one changes.
    expect([writeUnits, indexUnits]).toEqual([1 + 3 + 1 + 3, 6]);
  });

  it('bills refused writes, and forgets what was taken', async () => {
    const meter = await written();
    meter.take();
    meter.onTableCall({ operation: 'UpdateItem', table: 'budgets', status: 400 });
    expect(meter.take().writeUnits).toBe(1);
    expect(meter.take().writeUnits).toBe(0);
  });

  it('leaves out what a process asks for once, and polls', () => {
    const meter = createCallMeter('jobs');
    meter.onAwsCall({ service: 'secretsmanager', operation: 'GetSecretValue', status: 200 });
    meter.onAwsCall({ service: 'sqs', operation: 'ReceiveMessage', status: 200 });
    meter.onAwsCall({ service: 'sqs', operation: 'SendMessage', status: 200 });
    meter.onBatch('sluice-automox.fifo', {
      messageIds: ['a'],
      failedIds: ['a'],
      startedAtMs: 0,
      endedAtMs: 1,
    });
    expect(meter.take()).toMatchObject({ awsCalls: 1, fifoQueueRequests: 2, invocations: 1 });
  });
});
