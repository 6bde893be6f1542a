/** What the page says besides figures. */
import { workerContract } from '../../functions/worker/contract.ts';
import {
  cpuMsOf,
  LOG_EVENT_OVERHEAD_BYTES,
  LONG_POLL_S,
  PLATFORM_LINES,
  PLATFORM_LINES_BYTES,
  POLLERS,
} from './assumptions.ts';
import { POLLS_PER_MONTH } from './month.ts';

export const introduction = `# What it costs

What a deployment costs when nothing happens, at ten thousand and at a million jobs a month, from counts and a table of
prices. Written by \`npm run docs:cost\`, which runs the jobs in virtual time over the real code and synthesizes the
stack; a test keeps page and figures in step. **No bill of AWS was ever seen**: Sluice has not run there.

USD a month, stage prod, us-east-1, without free tiers. Jobs come in by \`POST /jobs\`; up to 10,000 a month come alone,
more come in bursts, which costs more. What is kept (rows for 90 days after their deadline, results and logs for 90
days) is priced as it is once as much is deleted as comes.`;

export const usedNote =
  'The same months by what AWS bills. Most of an idle month is what watches it: alarms, the dashboard and long polls.';

export const measuredHow = `Measured: the worker with its middleware, logger, metrics, limiter and provider, over meters at every port, against the
simulated vendor. It begins when the message is received and ends with the outcome on the bus; the way in is below. A
job in a burst waits for its permit, so that its message is received more than once. DynamoDB units count the row, its
three indexes and the budgets; bytes of logs are those of the lines that were written, metric lines included.`;

export const aboutWaysIn = `Measured the same way, with one-call jobs that come one by one: the function behind the event that AWS would give it. A
webhook's sender is Standard Webhooks. Intake takes a message a batch here; when many come at once it takes up to ten, and
costs less. An EventBridge event is billed to whoever puts it.`;

export const idleNote = `Counted in the synthesized template; a metric of an alarm is billed, not the alarm. Beside what the table shows there
are the ticks of the reconciler, one a minute (its function, its log, its trace and its schedule), and
${POLLS_PER_MONTH.toLocaleString('en-US')} empty receives a month of each event-source mapping. Custom metrics are billed in hours in which they are
written: idle, that is one hour a day of one metric.`;

export const assumed = `- **Pollers.** ${POLLERS} of a mapping, each with long polls of ${LONG_POLL_S} s: what others saw of idle queues
  ([getlift/lift#132](https://github.com/getlift/lift/issues/132)). AWS documents the five for standard queues; for FIFO
  they are assumed. While jobs come, receives that find one replace empty ones; both are counted.
- **Time.** A vendor answers in 60 to 110 ms, a store in 4 ms. To the waits of an invocation ${cpuMsOf(workerContract.memoryMb)} ms of CPU are added:
  what \`npm run bench:functions\` measured of the worker on a whole core, at the share of a core that
  ${workerContract.memoryMb} MB give. Functions are warm.
- **Lambda's own log lines.** ${PLATFORM_LINES} an invocation, ${PLATFORM_LINES_BYTES.toLocaleString('en-US')} bytes together, by the documented schema; and
  ${LOG_EVENT_OVERHEAD_BYTES} bytes beside the text of every line. Logs are kept uncompressed: AWS compresses them, and bills less.
- **Traces.** Every invocation is one. X-Ray's default rule records the first of a second and 5 % of the rest, which is
  less in bursts.
- **Secrets.** One warm environment. Each further one reads a secret at most every five minutes, 8,760 times a month.
- **The stage dev** has half the memory; its tick is priced as prod's.
- **Simulated vendors.** A computer is isolated 20 s after it was asked to be, so that a follow-up is one more look. An
  endpoint that is away is looked at more often.`;

export const leftOut = `- Data that leaves AWS: requests to the vendors, answers to callers, results that are fetched.
- Cold starts. Importing a bundle took 166 to 198 ms where it was measured ([benchmarks.md](benchmarks.md#the-functions));
  Lambda bills that too, each time an environment starts.
- Reading: \`GET /jobs\`, results, the dashboard, log queries, retrieved traces.
- What reacts to outcomes: your rules, their targets, Step Functions.
- Failed tries, retries and 429s.
- Deploying, and the bucket and repository of the CDK bootstrap.`;
