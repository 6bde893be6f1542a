/** What Stryker runs against each change of the limiter and the errors: their own quick tests. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/shared/limiter/*.test.ts', 'test/shared/errors/*.test.ts'],
    // A property over whole histories takes as long as all others together: it is not needed to notice.
    exclude: ['test/shared/limiter/any-window.test.ts'],
    pool: 'threads',
    restoreMocks: true,
  },
});
