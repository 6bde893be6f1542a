import { describe } from 'vitest';
import { testWaysIn } from './ways-in.ts';

describe.concurrent('the embedded stack', () => {
  testWaysIn(() => ({}));
});
