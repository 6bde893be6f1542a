import { describe, expect, it } from 'vitest';
import type { VendorAnswer } from '../../../shared/jobs/job-type.ts';
import type { OperationCall } from '../../../shared/jobs/operation.ts';
import { createEngine } from './engine.ts';
import { answers, silent, type Turn, unreachable } from './scripted-vendor.ts';
import { done, operations } from './step-type.ts';

const remove: OperationCall = {
  operation: { ...operations.tag, id: 'remove', method: 'DELETE' },
  key: 'remove',
  goneIsDone: true,
};

async function outcomeOf(turns: readonly Turn[], call = remove, renewals = 0) {
  const seen: VendorAnswer[] = [];
  const engine = createEngine({
    turns,
    renewals,
    async execute(context) {
      seen.push(await context.call(call));
      return done();
    },
  });
  const { id } = await engine.submit();
  const job = await engine.finish(id);
  return { job, from: seen.map((answer) => answer.from), left: engine.vendor.left };
}

describe('a DELETE that finds nothing', () => {
  it.each<[string, Turn[]]>([
    ['was silent', [silent, answers(404)]],
    ['met a vendor that was unwell', [answers(503), answers(404)]],
    ['was silent, before one that never left', [silent, unreachable, answers(404)]],
    ['was silent, before one too many', [silent, answers(429), answers(404)]],
    ['was silent, before one of an unwell vendor', [silent, answers(503), answers(404)]],
  ])('is done where a sending before it %s', async (_what, turns) => {
    const { job, from, left } = await outcomeOf(turns);
    expect([job.status, from, left]).toEqual(['succeeded', ['found'], 0]);
    expect(job).not.toHaveProperty('inFlight');
    expect(job.timeline.filter(({ event }) => event === 'call').at(-1)).toMatchObject({
      status: 404,
    });
  });

  it('is done where a sending before it was silent and the credential was renewed since', async () => {
    const { job, from } = await outcomeOf([silent, answers(401), answers(404)], remove, 1);
    expect([job.status, from]).toEqual(['succeeded', ['found']]);
  });

  it.each<[string, Turn[]]>([
    ['nothing was sent before it', [answers(404)]],
    ['what was sent before it never left', [unreachable, answers(404)]],
    ['what was sent before it was one too many', [answers(429), answers(404)]],
  ])('fails where %s', async (_what, turns) => {
    const { job, left } = await outcomeOf(turns);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(left).toBe(0);
  });

  it('fails where its call does not ask for it, whatever was sent before', async () => {
    const { goneIsDone: _no, ...plain } = remove;
    const { job } = await outcomeOf([silent, answers(404)], plain);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('is done where a dead worker had sent it', async () => {
    const engine = createEngine({
      turns: [answers(404)],
      execute: async ({ call }) => done({ data: (await call(remove)).from }),
    });
    const { id } = await engine.submit();
    const sentAtMs = engine.clock.nowMs() - 60_000;
    const inFlight = {
      key: 'remove',
      operation: 'remove',
      repeat: 'idempotent',
      sentAtMs,
    } as const;
    await engine.alter(id, { status: 'running', attempts: 1, inFlight });
    expect(await engine.finish(id)).toMatchObject({ result: { json: '"found"' } });
  });
});
