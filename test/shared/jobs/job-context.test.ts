import { describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';
import { done } from './step-type.ts';

describe('what a running job may do', () => {
  it('keeps each warning once, and fifty at most', async () => {
    const engine = createEngine({
      async execute({ warn }) {
        for (let n = 0; n < 60; n += 1) warn(`warning ${n}`);
        warn('warning 1');
        return done();
      },
    });
    const { warnings } = await engine.finish((await engine.submit()).id);
    expect(warnings).toHaveLength(50);
    expect(new Set(warnings).size).toBe(50);
  });

  it('shows its progress, and finds its checkpoint again at the next delivery', async () => {
    const checkpoints: unknown[] = [];
    const engine = createEngine({
      async execute({ checkpoint, checkpointAt }) {
        checkpoints.push(checkpoint);
        if (checkpoint !== undefined) return done();
        checkpointAt({ cursor: 9007199254740993n }, { done: 5, unit: 'devices' });
        throw new Error('half way');
      },
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect((await engine.find(id)).progress).toEqual({ done: 5, unit: 'devices' });
    await engine.finish(id);
    expect(checkpoints).toEqual([undefined, { cursor: 9007199254740993n }]);
  });

  it('finds what another job of the account kept', async () => {
    const found: unknown[] = [];
    const engine = createEngine({
      async execute({ keep, findKept, findNote }) {
        found.push(await findKept('cursor'), await findNote('cursor'));
        await keep('cursor', { id: 6839681950832132113n });
        return done();
      },
    });
    await engine.finish((await engine.submit()).id);
    await engine.finish((await engine.submit()).id);
    expect(found).toEqual([undefined, undefined, { id: 6839681950832132113n }, undefined]);
  });

  it('tells of what it found only while there is time to note it', async () => {
    const engine = createEngine({
      async execute({ emit }) {
        await emit([{ id: '1', type: 'AmpEventFound', atMs: 0, detail: {} }]);
        return done();
      },
    });
    const { id } = await engine.submit();
    await engine.deliver(id, 5_000);
    expect(engine.publisher.published).toEqual([]);
    expect((await engine.find(id)).waiting).toMatchObject({ for: 'continue' });
    await engine.finish(id);
    expect(engine.publisher.published).toMatchObject([{ id: '1' }]);
  });

  it('finds its notes again, also in a later run', async () => {
    const found: unknown[] = [];
    const engine = createEngine({
      async execute({ putNote, findNote }) {
        found.push(await findNote('targets'));
        await putNote('targets', [1, 2]);
        if (found.length === 1) throw new Error('once');
        return done();
      },
    });
    await engine.finish((await engine.submit()).id);
    expect(found).toEqual([undefined, [1, 2]]);
  });
});
