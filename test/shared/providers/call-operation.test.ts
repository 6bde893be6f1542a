import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JobContext, VendorAnswer } from '../../../shared/jobs/job-type.ts';
import type { Operation, OperationCall } from '../../../shared/jobs/operation.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import { createCallType } from '../../../shared/providers/call-operation.ts';
import { accountOf } from '../../support/sample-accounts.ts';

const row = (id: string, more: Partial<Operation>): Operation => ({
  id,
  method: 'POST',
  path: `/${id}`,
  budgets: ['narrow', 'account'],
  repeat: 'once',
  source: 'a test',
  ...more,
});

const call = createCallType({
  provider: 'automox',
  vendor: 'a vendor',
  operations: {
    read: row('things.get', { method: 'GET', repeat: 'safe', budgets: [] }),
    search: row('things.search', { repeat: 'safe', params: { body: z.strictObject({}) } }),
    touch: row('things.touch', { method: 'GET' }),
    create: row('things.create', { repeat: 'reconcile', params: { body: z.array(z.string()) } }),
  },
  example: { operation: 'things.get' },
  budget: 'account',
});

interface Stage {
  readonly observing?: boolean;
  readonly checkpoint?: Json;
  readonly body?: Json;
}

/** A context that answers every call alike and remembers what it was told. */
function createStage({ observing = false, checkpoint, body = null }: Stage) {
  const calls: OperationCall[] = [];
  const warnings: string[] = [];
  const checkpoints: Json[] = [];
  const unexpected = () => {
    throw new Error('is not needed for one call');
  };
  const context: JobContext = {
    run: 1,
    observing,
    accountName: 'acme',
    account: accountOf('automox'),
    checkpoint,
    async call(made): Promise<VendorAnswer> {
      calls.push(made);
      const observed = observing && made.operation.repeat !== 'safe';
      return { from: observed ? 'observed' : 'wire', status: observed ? 0 : 200, body };
    },
    checkpointAt: (at) => void checkpoints.push(at),
    nowMs: () => 0,
    comeBackAt: unexpected,
    emit: unexpected,
    keep: unexpected,
    findKept: unexpected,
    warn: (text) => void warnings.push(text),
    putPart: async () => undefined,
    putNote: unexpected,
    findNote: unexpected,
    findNoteOf: unexpected,
    sourceSecrets: { find: unexpected, keep: unexpected },
  };
  return { context, calls, warnings, checkpoints };
}

const execute = (context: JobContext, params: Json) =>
  call.execute(context, z.parse(call.params, params));

describe('a call of an operation', () => {
  it('is sent as the table says, but is never looked for after silence', async () => {
    const { context, calls } = createStage({});
    await execute(context, { operation: 'things.create', body: ['a'] });
    expect(calls).toMatchObject([
      { operation: { method: 'POST', path: '/things.create', repeat: 'once' }, body: ['a'] },
    ]);
  });

  it('keeps the answer of a write, so that it is not sent again for want of its result', async () => {
    const first = createStage({ body: { id: 12345678901234567890n } });
    const end = await execute(first.context, { operation: 'things.create', body: [] });
    const [checkpoint = null] = first.checkpoints;
    const second = createStage({ checkpoint });
    expect(await execute(second.context, { operation: 'things.create', body: [] })).toEqual(end);
    expect(second.calls).toEqual([]);
  });

  it('says that an answer is lost where it was too large to be kept', async () => {
    const first = createStage({ body: 'x'.repeat(64_000) });
    await execute(first.context, { operation: 'things.create', body: [] });
    const [checkpoint = null] = first.checkpoints;
    const second = createStage({ checkpoint });
    const end = await execute(second.context, { operation: 'things.create', body: [] });
    expect(end).toMatchObject({ status: 'succeeded', data: null });
    expect(second.warnings).toEqual([expect.stringContaining('too large to be kept')]);
  });

  it.each([
    ['things.get', 'things.get answered 200'],
    ['things.search', 'would call things.search: POST /things.search'],
    ['things.touch', 'would call things.touch: GET /things.touch'],
  ])('that observes %s says: %s', async (operation, summary) => {
    const { context } = createStage({ observing: true });
    expect(await execute(context, { operation })).toMatchObject({ summary });
  });

  it('waits in the line of the type where an operation has no budget', () => {
    expect(call.budgetOf?.({ operation: 'things.get' })).toBe('account');
    expect(call.budgetOf?.({ operation: 'things.create' })).toBe('narrow');
  });

  it('takes a body that has no required field as absent, and misses one that has', () => {
    expect(z.safeParse(call.params, { operation: 'things.search' }).success).toBe(true);
    expect(z.safeParse(call.params, { operation: 'things.create' }).success).toBe(false);
  });
});
