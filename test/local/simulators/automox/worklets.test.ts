import { describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';

describe('Automox GET /worklet-catalog', () => {
  it('pages with metadata', () => {
    const { call } = createConsole();
    const reply = call('GET', '/worklet-catalog', { query: { limit: 2, page: 1 } });
    expect(reply.status).toBe(200);
    expect(reply.json()).toMatchObject({
      data: [{ name: 'Restart print spooler' }],
      metadata: { current_page: 1, total_pages: 2, total_count: 3, limit: 2 },
    });
  });
});
