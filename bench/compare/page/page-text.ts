/** What the page says besides figures. Claims about figures belong to the tables. */
import { workerContract } from '../../../functions/worker/contract.ts';
import { VISIBILITY_TIMEOUT_MS } from '../../../shared/config/topology.ts';
import { CLOCK_ALLOWANCE_MS, UNSETTLED_BOUND_MS } from '../../../shared/limiter/timings.ts';
import { WINDOW_MS as REAL_WINDOW_MS } from '../real/window.ts';
import { LIMIT } from '../scenarios.ts';

export const introduction = `# Benchmarks

Sluice beside what is used instead, on the same work in the same run. Written by \`npm run bench -- --write\`, figures
and plots alike.

Every row makes the same calls to the same simulated Automox: \`POST /servers/batch\`, 5 calls in any window. The
vendor counts at its own side, and delays, slow answers and 429s come from one seed.`;

/** A place is used once in the window and the allowance. */
const percentForClocks = Math.round(
  (100 * CLOCK_ALLOWANCE_MS) / (REAL_WINDOW_MS + CLOCK_ALLOWANCE_MS),
);

export const rowsExplained = `## The rows

In virtual time every wait is simulated to the millisecond, over the same models of SQS and of Lambda's event-source
mapping:

| row | what it is |
| --- | --- |
| \`sluice\` | the real submission, worker, limiter and Automox provider; only the stores are memory |
| \`reserved-concurrency\` | one invocation at a time, which sleeps 12 s after each call; redrive after 5 receives |
| \`deferral-5\` | a log of sendings in DynamoDB; without a place the message is hidden for 60 s; redrive after 5 receives |
| \`deferral-1000\` | the same, redrive after 1,000 receives, the most SQS allows |
| \`scheduler-tick\` | each minute, at some second of it, a function takes 5 messages: EventBridge Scheduler promises the minute |
| \`retry-429\` | no limiter; a 429 hides the message with exponential backoff and full jitter, up to 15 minutes |

In real time, over loopback HTTP, with a window of 2 s:

| row | what it is |
| --- | --- |
| \`sluice-stack\` | the embedded stack: emulated AWS over HTTP, up to four worker processes |
| \`bullmq\` | BullMQ 6.7.0 with its limiter; three worker processes over Redis |
| \`bottleneck\`, \`bottleneck-redis\` | Bottleneck 2.19.5 with a reservoir, and with the \`minTime\` that its README asks for, a fifth of the window; in one process, and three clustered over Redis |
| \`rate-limiter-flexible\`, \`-redis\` | its queue, 11.4.0; in one process, and three over Redis |
| \`p-queue\`, \`p-queue-strict\` | p-queue 10.0.0 with an interval cap, and with its sliding window |

What a peer does not do is written as a careful caller would: a 429 waits as long as \`Retry-After\` says and takes
its turn again. BullMQ stops the whole queue for so long, which it has a call for; the others stop the one job, and
those behind it are still sent. The patterns on AWS do not read \`Retry-After\`: each waits as its row says.

BullMQ's lock and stalled interval are 5 s, and Bottleneck's heartbeat is 250 ms, so that their defaults do not weigh
too much on a window of 2 s. \`retry-429\` and the fixed windows are not asked to keep a limit they do not promise; they
are here because they are used for it.`;

export const limitsOfTheRun = `## How to read it

- **A window of 2 s is not 60 s made short.** Sluice's clock allowance is ${CLOCK_ALLOWANCE_MS} ms and a permit that was not
  settled is held for ${UNSETTLED_BOUND_MS / 1_000} s, whatever the window. That is why \`sluice-stack\` uses less of its rate than \`sluice\`, whose window is
  the real one. A worker that is killed in a call has its message back after 35 s: half a window of a minute, and 17
  of two seconds. One that is killed before its call has it back after the visibility timeout, ${VISIBILITY_TIMEOUT_MS / 1_000} s. Here each
  kill ends four workers, and with them the heads of all four lines wait: jobs behind one that still does are *open*.
- **Calls too many**: a call is one too many if the vendor had counted ${LIMIT} in the window that ends with it. Each
  arrival counts, those that were answered 429 as well. **Too early by** says of the worst of them how much of a window
  it should have come later: a millisecond of jitter and a whole burst are the same share, and not the same mistake.
- **Rate used** is how soon a backlog could have been served, by how soon it was; of jobs that were served, lost ones
  left out.
- **The machine counts in real time.** All rows run side by side on the cores stated above, each with its own
  processes, vendor and Redis, and \`sluice-stack\` twice: its kills take as long as all else. That delays calls, and a
  limiter that counts the sending is then over the limit at the receiving side. On a quiet machine, and alone on it,
  expect fewer calls too many from \`p-queue-strict\`, and not none from the fixed windows. Virtual time has no such noise.
- **Few samples**: the small tenant has three jobs in virtual time and one in real time, and there is one urgent job.
  They come in the middle of a window. How long they wait there depends on where in a row's own window that is.
- **Killed** means: in virtual time one invocation at some step; in real time every worker process, while a call's
  answer is on its way. *Jobs lost* were dead-lettered, failed by BullMQ, or of Sluice ended otherwise than well. Of a limiter
  whose queue is in its process they are those that died with it; the
  benchmark added them again, so that the run could go on. A job whose call was accepted before the kill is not lost.
  A row whose run is over before is not killed as often: *kills* says so.
- **Written twice** are calls that the vendor accepted again for the same job. Sluice's are no accident: setting a tag a
  second time changes nothing, so \`POST /servers/batch\` is an *idempotent* operation, and a call whose answer died with
  its worker is sent again rather than left undone ([job-life.md](job-life.md#repeat-classes),
  [0007](decisions/0007-repeat-classes.md)). An operation that may not be repeated is looked up, or the job ends
  \`uncertain\`.
- **Store restart**: Redis is killed and started again with its append-only file; the emulated DynamoDB answers
  503. Rows without a store are left out.
- **Billed ms** in virtual time are waits: the vendor, and 4 ms a store call. CPU time is in
  \`npm run bench:functions\`. In real time they are what the batch took, on a machine that all rows share.
- **Cost** of Sluice includes its row and its three indexes, the limiter, the queue and the outcome event. The patterns
  keep no record of a job. Every function has ${workerContract.memoryMb} MB, as Sluice's worker: one that sleeps its 12 s would do with
  128 MB, at a quarter of that. A way in (API Gateway, a webhook) is not included, nor are logs and what a deployment costs
  when idle: [cost.md](cost.md) has those. Redis rows have no price
  here: they need a Redis and worker machines that run whether there is work or not.
- **Redis commands** are what the server counts: reads, blocking waits and heartbeats, and every command inside a
  script, of which one round trip can make dozens. They are no writes of DynamoDB and are not to be held against them.
- **Receives** are of the messages that were received at all.`;

export const betterElsewhere = `## Where others are better

- **Cost of a short queue.** A scheduler tick takes five messages for one invocation and keeps no rows: it is the
  cheapest by far, and \`deferral-1000\` and \`retry-429\` are cheaper than Sluice while about a hundred jobs wait.
  Sluice pays for a record of each job.
- **No AWS.** The npm limiters need nothing, or a Redis. p-queue and Bottleneck are a dependency and three lines.
- **Latency.** A limiter in the caller's process starts a call at once. Sluice goes through a row, a queue and a
  function first.
- **Short windows.** Sluice counts a call until its answer, and ${CLOCK_ALLOWANCE_MS} ms for clocks. At ${REAL_WINDOW_MS / 1_000} s the clocks alone
  cost ${percentForClocks} % of the rate; a limiter that counts the start of a call has no such cost, and is over the limit instead.
- **Rates without windows.** Limits of hundreds a second, where a call too many does no harm, are the ground of BullMQ
  and of token buckets. Sluice spaces such calls and is not exact there ([limiter.md](limiter.md#nominal-budgets)).
- **Reserved concurrency with a sleep** is exact without any store, as long as nothing is killed. It pays for
  12 s of sleeping a job and loses what waits too long.`;
