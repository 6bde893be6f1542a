/**
 * The security claims of docs/security.md, each with a change of one line that breaks it. A claim's tests
 * must notice: tests that no change turns red prove nothing.
 */
import type { Change } from '../support/change.ts';

export interface ClaimChange extends Change {
  /** Its tests are those whose names begin with it. */
  readonly claim: string;
  /** As the page says it, in its column "breaks with". */
  readonly what: string;
  /** Where a test is expected to fail; one is enough. */
  readonly tests: readonly string[];
}

export const claimChanges: readonly ClaimChange[] = [
  {
    claim: 'S1',
    what: 'no secret has to give the proof',
    file: 'shared/webhooks/verify-webhook.ts',
    find: 'if (!usable.some((secret) => holds(claim, secret, rawBody))) {',
    replace: 'if (!usable.some((secret) => holds(claim, secret, rawBody) || true)) {',
    tests: [
      'test/functions/webhook/webhook-proof.test.ts',
      'test/shared/webhooks/verify-webhook.test.ts',
    ],
  },
  {
    claim: 'S2',
    what: '`signature === expected`',
    file: 'shared/webhooks/verify-webhook.ts',
    find: 'some((signature) => sameBytes(signature, expected))',
    replace: 'some((signature) => signature === expected)',
    tests: ['test/shared/webhooks/constant-time.test.ts'],
  },
  {
    claim: 'S3',
    what: '`REPLAY_WINDOW_MS` of six minutes',
    file: 'shared/webhooks/verify-webhook.ts',
    find: 'REPLAY_WINDOW_MS = minutes(5)',
    replace: 'REPLAY_WINDOW_MS = minutes(6)',
    tests: [
      'test/functions/webhook/webhook-proof.test.ts',
      'test/shared/webhooks/verify-webhook.test.ts',
    ],
  },
  {
    claim: 'S4',
    what: '`newJob` takes a random id',
    file: 'shared/jobs/new-job.ts',
    find: "derivedId('job', request.account, idempotencyKey)",
    replace: "randomId('job')",
    tests: ['test/functions/webhook/webhook-jobs.test.ts', 'test/shared/jobs/submit-job.test.ts'],
  },
  {
    claim: 'S5',
    what: '`parseSecrets` gives the first alone',
    file: 'functions/webhook/sources.ts',
    find: 'previous === undefined ? [secret] : [secret, previous]',
    replace: 'previous === undefined ? [secret] : [secret]',
    tests: ['test/functions/webhook/sources.test.ts'],
  },
  {
    claim: 'S6',
    what: '`rawBody` decoded and encoded again',
    file: 'functions/webhook/webhook.ts',
    find: '    rawBody: request.rawBody,',
    replace: '    rawBody: Buffer.from(Buffer.from(request.rawBody).toString()),',
    tests: ['test/functions/webhook/raw-bytes.test.ts'],
  },
  {
    claim: 'S7',
    what: 'no `findUnsafeJson`',
    file: 'shared/jobs/parse-job-request.ts',
    find: 'const unsafe = findUnsafeJson(input);',
    replace: 'const unsafe = findUnsafeJson(null);',
    tests: ['test/shared/jobs/parse-job-request.test.ts'],
  },
  {
    claim: 'S8',
    what: 'a path parameter that is not encoded',
    file: 'shared/http/vendor-url.ts',
    find: '    return encodeSegment(name, String(value));',
    replace: '    return String(value);',
    tests: ['test/shared/http/vendor-url.test.ts'],
  },
  {
    claim: 'S9',
    what: 'a link of any origin is followed',
    file: 'shared/http/vendor-url.ts',
    find: 'url?.origin === from.origin &&',
    replace: 'url !== undefined &&',
    tests: ['test/shared/http/vendor-url.test.ts'],
  },
  {
    claim: 'S10',
    what: '`vendorText` gives its text back',
    file: 'shared/http/vendor-text.ts',
    find: '  const trimmed = safe.trim();',
    replace: '  const trimmed = text.trim() || safe;',
    tests: ['test/shared/http/vendor-text.test.ts'],
  },
  {
    claim: 'S11',
    what: '`TTL_MS_MAX` of six minutes',
    file: 'shared/http/secret-cache.ts',
    find: 'const TTL_MS_MAX = minutes(5);',
    replace: 'const TTL_MS_MAX = minutes(6);',
    tests: ['test/shared/http/secret-cache.test.ts'],
  },
  {
    claim: 'S12',
    what: "`resources: ['*']` in `allow`",
    file: 'infra/access.ts',
    find: 'resources: [...resources] });',
    replace: "resources: ['*'] });",
    tests: ['test/infra/access.test.ts'],
  },
  {
    claim: 'S13',
    what: 'a role without `aws:SourceAccount`',
    file: 'infra/sluice-function.ts',
    find: "conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },",
    replace: 'conditions: {},',
    tests: ['test/infra/access.test.ts'],
  },
  {
    claim: 'S14',
    what: '`enforceSSL: false`',
    file: 'infra/queue-pair.ts',
    find: 'enforceSSL: true',
    replace: 'enforceSSL: false',
    tests: ['test/infra/queues.test.ts', 'test/infra/sluice-stack.test.ts'],
  },
  {
    claim: 'S15',
    what: 'no `ReportBatchItemFailures`',
    file: 'infra/consume-queue.ts',
    find: 'reportBatchItemFailures: true,',
    replace: 'reportBatchItemFailures: false,',
    tests: ['test/infra/queues.test.ts'],
  },
  {
    claim: 'S16',
    what: '`foundDone` gives `false` at once',
    file: 'shared/jobs/vendor-calls.ts',
    find: "  if (!pending || pending.repeat === 'idempotent') return false;",
    replace: '  if (pending !== null) return false;',
    tests: ['test/shared/jobs/crash-points.test.ts'],
  },
  {
    claim: 'S17',
    what: '`heldUntilMs` a second earlier',
    file: 'shared/limiter/holds.ts',
    find: 'roundUp(boundAtMs + budget.windowMs + CLOCK_ALLOWANCE_MS, quantumMs(budget))',
    replace: 'roundUp(boundAtMs + budget.windowMs - 1_000, quantumMs(budget))',
    tests: ['test/shared/limiter/any-window.test.ts'],
  },
  {
    claim: 'S18',
    what: '`clampWait` without its upper bound',
    file: 'shared/http/throttle-signals.ts',
    find: 'Math.min(Math.max(waitMs, 0), WAIT_MS_MAX)',
    replace: 'Math.max(waitMs, 0)',
    tests: ['test/shared/http/throttle-signals.test.ts'],
  },
  {
    claim: 'S19',
    what: '`viewOf` gives `deps` back',
    file: 'functions/api/caller-view.ts',
    find: "if (sight === '*') return deps;",
    replace: "if (sight === '*' || sight.length > 0) return deps;",
    tests: ['test/functions/api/bound-callers.test.ts'],
  },
  {
    claim: 'S20',
    what: '`observing` is `false`',
    file: 'shared/jobs/vendor-calls.ts',
    find: "deps.delivery.job.mode === 'observe'",
    replace: 'deps.delivery.job.mode === undefined',
    tests: ['test/shared/jobs/vendor-ledger.test.ts'],
  },
  {
    claim: 'S21',
    what: 'no `too-large` in `collectBody`',
    file: 'shared/http/wire-body.ts',
    find: "if (sizeBytes > bytesMax) return { cut: 'too-large' };",
    replace: "if (sizeBytes > bytesMax * 1e9) return { cut: 'too-large' };",
    tests: [
      'test/shared/http/vendor-client.test.ts',
      'test/shared/http/vendor-client-failures.test.ts',
    ],
  },
  {
    claim: 'S22',
    what: '`told` is `true`',
    file: 'shared/lambda/problem.ts',
    find: 'const told = status < 500;',
    replace: 'const told = status < 600;',
    tests: ['test/shared/lambda/problem-snapshot.test.ts', 'test/shared/lambda/problem.test.ts'],
  },
  {
    claim: 'S23',
    what: 'no `retry-after` in `problemAnswer`',
    file: 'shared/lambda/problem.ts',
    find: "...(status === 503 ? { 'retry-after': String(retryAfterS(error)) } : {}),",
    replace: '...(status === 599 ? { "retry-after": String(retryAfterS(error)) } : {}),',
    tests: ['test/functions/api/burst.test.ts'],
  },
  {
    claim: 'S25',
    what: 'a heading of the runbook renamed',
    file: 'docs/runbook.md',
    find: '## secret-age\n',
    replace: '## secrets-age\n',
    tests: ['test/docs/runbook.test.ts'],
  },
  {
    claim: 'S26',
    what: 'one more dependency',
    file: 'package.json',
    find: '"jsonata": ',
    replace: '"left-pad": "1.3.0",\n    "jsonata": ',
    tests: ['test/infra/dependencies.test.ts'],
  },
];
