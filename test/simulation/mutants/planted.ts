import type { Change } from '../../support/change.ts';

/**
 * Known bugs, each one line away from the code as it is. The simulation must find every one of them: a
 * suite that no bug turns red proves nothing.
 */
export interface Mutant extends Change {
  readonly id: string;
  /** What is wrong then. */
  readonly what: string;
}

export const mutants: readonly Mutant[] = [
  {
    id: 'log-at-send',
    what: 'a call is bounded by its sending, not by its answer',
    file: 'shared/jobs/wire-call.ts',
    find: "result.kind === 'answered' ? result.answeredAtMs :",
    replace: "result.kind === 'answered' ? result.sentAtMs :",
  },
  {
    id: 'no-epsilon',
    what: 'clocks are believed to agree',
    file: 'shared/limiter/holds.ts',
    find: 'roundUp(boundAtMs + budget.windowMs + CLOCK_ALLOWANCE_MS, quantumMs(budget))',
    replace: 'roundUp(boundAtMs + budget.windowMs, quantumMs(budget))',
  },
  {
    id: 'no-clock-watch',
    what: 'a host whose clock jumped goes on granting',
    file: 'shared/limiter/clock-watch.ts',
    find: 'if (isTrusted) return;',
    replace: 'if (isTrusted || !isTrusted) return;',
  },
  {
    id: 'silence-frees',
    what: 'a call without an answer gives its permit back',
    file: 'shared/jobs/wire-call.ts',
    find: "await limiter.settle(permit, { kind: 'counted', boundAtMs });",
    replace:
      "await limiter.settle(permit, result.kind === 'answered' ? { kind: 'counted', boundAtMs } : { kind: 'unsent' });",
  },
  {
    id: 'crash-frees',
    what: 'the call of a process that died is bounded as if it was answered at once',
    file: 'shared/limiter/timings.ts',
    find: 'GRANT_TO_SEND_MAX_MS + CALL_TIMEOUT_MS + FLIGHT_ALLOWANCE_MS;',
    replace: 'GRANT_TO_SEND_MAX_MS;',
  },
  {
    id: 'fixed-window',
    what: 'permits come free together, when the clock strikes the minute',
    file: 'shared/limiter/holds.ts',
    find: 'roundUp(boundAtMs + budget.windowMs + CLOCK_ALLOWANCE_MS, quantumMs(budget))',
    replace: 'roundUp(boundAtMs, budget.windowMs)',
  },
  {
    id: 'appointment-is-permit',
    what: 'whoever comes to his appointment may call',
    file: 'shared/limiter/window.ts',
    find: 'if (!blocked && free > countDueBefore(current, request))',
    replace:
      'if (!blocked && (free > countDueBefore(current, request) || (state.appointments[group]?.atMs ?? nowMs + 1) <= nowMs + 1_000))',
  },
  {
    id: 'overwrite',
    what: 'a lost race overwrites what won it',
    file: 'shared/limiter/acquire.ts',
    find: 'if (written.stored) return answer;',
    replace:
      'if (written.stored) return answer;\n    await store.replace(budget.id, { ...next, version: written.current.version + 1 }, written.current.version);\n    return answer;',
  },
  {
    id: 'client-retry',
    what: 'the client sends a second request under the same permit',
    file: 'shared/jobs/wire-call.ts',
    find: 'const result = await vendor.send(call, { whenConnected, beforeSend });',
    replace:
      "const first = await vendor.send(call, { whenConnected, beforeSend });\n    const again = () => vendor.send(call, { whenConnected: async () => {}, beforeSend: () => {} });\n    const result = first.kind === 'unanswered' ? await again() : first;",
  },
  {
    id: 'late-permit',
    what: 'a permit is used however long the process stood still',
    file: 'shared/jobs/wire-call.ts',
    find: 'clock.nowMs() > permit.notAfterMs || clock.monotonicMs() - fromMs > grantedForMs;',
    replace: 'clock.monotonicMs() - fromMs > 1e9 + grantedForMs;',
  },
  {
    id: 'throttle-kept-secret',
    what: 'a 429 stops the job that met it, and no other',
    file: 'shared/jobs/wire-call.ts',
    find: 'await unlessStoreFails(limiter.block(budget, waitMs), clock.nowMs() + waitMs)',
    replace: 'clock.nowMs() + waitMs',
  },
  {
    id: 'block-ignored',
    what: 'a stopped budget gives permits',
    file: 'shared/limiter/window.ts',
    find: 'const blocked = current.blockedUntilMs > nowMs;',
    replace: 'const blocked = current.blockedUntilMs > nowMs + 1e12;',
  },
  {
    id: 'attempt-for-waiting',
    what: 'waiting counts as an attempt',
    file: 'shared/jobs/ledger.ts',
    find: "    status: 'waiting',\n    waiting: entry,",
    replace: "    status: 'waiting',\n    attempts: job.attempts + 1,\n    waiting: entry,",
  },
  {
    id: 'waiting-is-failing',
    what: 'a store that is away costs the job its tries',
    file: 'shared/errors/codes.ts',
    find: "'store.unavailable': 'defer',",
    replace: "'store.unavailable': 'park',",
  },
  {
    id: 'throws',
    what: 'a message that waits makes the worker throw',
    file: 'functions/worker/worker.ts',
    find: 'if (!(await work(deps, record, remainingMs))) return records.slice(index);',
    replace: "if (!(await work(deps, record, remainingMs))) throw new Error('not yet');",
  },
  {
    id: 'wakes-too-early',
    what: 'a message that waits for no permit is hidden for whole seconds, rounded down',
    file: 'functions/worker/worker.ts',
    find: 'endsInPlace(delivered) ? Math.floor(waitS) : Math.ceil(waitS)',
    replace: 'Math.floor(waitS)',
  },
  {
    id: 'message-dropped',
    what: 'a message whose delivery failed is given up',
    file: 'functions/worker/worker.ts',
    find: 'await defer(deps, record, Math.ceil(FAILED_DELIVERY_S * (1 + deps.random())));',
    replace: 'return true;',
  },
  {
    id: 'orphan-dropped',
    what: 'a message that is there before its row is given up without waiting for it',
    file: 'shared/jobs/await-row.ts',
    find: 'clock.nowMs() - sentAtMs > ROW_GRACE_MS',
    replace: 'clock.nowMs() - sentAtMs >= 0',
  },
  {
    id: 'no-ledger',
    what: 'a call is sent before it is written down',
    file: 'shared/jobs/claim-permit.ts',
    find: 'await delivery.save().finally(() => hidden);',
    replace: 'await hidden;',
  },
  {
    id: 'once-again',
    what: 'silence after a write that may not be repeated is a failed try',
    file: 'shared/jobs/vendor-outcomes.ts',
    find: "const { id, repeat } = call.operation;\n  if (repeat === 'once')",
    replace: 'const { id, repeat } = call.operation;\n  if (repeat !== repeat)',
  },
  {
    id: 'look-too-early',
    what: 'a write in doubt is looked for while it may still be on its way',
    file: 'shared/jobs/vendor-calls.ts',
    find: '  assertLanded(pending, clock);\n',
    replace: '',
  },
  {
    id: 'lease-ignored',
    what: 'two workers with one message both go on',
    file: 'shared/jobs/delivery.ts',
    find: "if (!ours && made === undefined) throw new DeliveryEnd({ kind: 'superseded' });",
    replace: '',
  },
  {
    id: 'checkpoint-first',
    what: 'an item is checked off before its call',
    file: 'shared/jobs/work-through.ts',
    find: '      await perform(item, work);\n      keep(withDone(work));',
    replace: '      keep(withDone(work));\n      await perform(item, work);',
  },
  {
    id: 'key-without-body',
    what: 'an idempotency key stands for whatever comes with it',
    file: 'shared/jobs/submit-job.ts',
    find: 'if (existing.bodyHash !== job.bodyHash) {',
    replace: "if (existing.bodyHash === '') {",
  },
  {
    id: 'sleeps',
    what: 'a worker waits in place for as long as it takes',
    file: 'shared/jobs/waiting-room.ts',
    find: 'if (waitMs > patienceMs) {',
    replace: 'if (waitMs > patienceMs + 20_000) {',
  },
  {
    id: 'secret-told',
    what: 'a credential is told in the error that says it is wrong',
    file: 'shared/providers/account-credentials.ts',
    find: 'if (parsed.success) return parsed.data;',
    replace: "if (parsed.success) throw new SluiceError('account.secret-invalid', text);",
  },
  {
    id: 'reset-as-epoch',
    what: 'a reset in seconds to go, as Cisco AMP tells it, is read as an epoch',
    file: 'shared/http/throttle-signals.ts',
    find: 'if (value <= SECONDS_TO_GO_MAX) return clampWait(value * 1_000);',
    replace: 'if (value <= SECONDS_TO_GO_MAX) return clampWait(value * 1_000 - answeredAtMs);',
  },
  {
    id: 'token-free-of-charge',
    what: 'the call that buys a token of OpsRamp takes no permit',
    file: 'shared/jobs/vendor-calls.ts',
    find: 'await deps.vendor.prepare((exchange) => wireCall(deps, room, exchange));',
    replace:
      "await deps.vendor.prepare(async (exchange) => {\n      const bought = await deps.vendor.send(exchange, { whenConnected: async () => {}, beforeSend: () => {} });\n      if (bought.kind === 'answered') return bought;\n      throw bought.error;\n    });",
  },
  {
    id: 'token-kept',
    what: 'a token that OpsRamp refused is used again',
    file: 'shared/providers/account-credentials.ts',
    find: 'tokens.drop(tokenKey(), usedToken);',
    replace: '',
  },
  {
    id: 'called-back-early',
    what: 'a job that follows up is given up by a host whose clock is behind',
    file: 'shared/jobs/reconcile-jobs.ts',
    find: 'const due = isFollowingUp(job) ? await callBack(store, job, nowMs) : job;\n  if (isFollowingUp(due)) return;',
    replace: 'const due = job.version < 0 ? await callBack(store, job, nowMs) : job;',
  },
  {
    id: 'reads-made-again',
    what: 'a delivery that was denied its second permit begins with its first call again',
    file: 'shared/jobs/run-job.ts',
    find: 'if (isContinued(error)) await reads.keep();',
    replace: '',
  },
  {
    id: 'stale-reads',
    what: 'what was read before a write is believed after it',
    file: 'shared/jobs/vendor-calls.ts',
    find: 'reads.forget();',
    replace: '',
  },
];
