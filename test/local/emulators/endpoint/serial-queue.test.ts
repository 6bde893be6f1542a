import { describe, expect, it } from 'vitest';
import { createSerialQueue } from '../../../../local/emulators/endpoint/serial-queue.ts';

describe('a serial queue', () => {
  it('starts a job when the one before has ended, and goes on after one that failed', async () => {
    const serially = createSerialQueue();
    const first = Promise.withResolvers<void>();
    const started: string[] = [];
    const run = (name: string, until: Promise<void> = Promise.resolve()) =>
      serially(() => {
        started.push(name);
        return until;
      });
    const failing = run('first', first.promise);
    const next = run('next');
    await Promise.resolve();
    expect(started).toEqual(['first']);

    first.reject(new Error('failed'));

    await expect(failing).rejects.toThrow('failed');
    await next;
    expect(started).toEqual(['first', 'next']);
  });
});
