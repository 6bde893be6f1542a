import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../docs/generate/generated-pages.ts';
import { listProviders } from '../../shared/providers/registry.ts';
import { getPage } from './pages.ts';

const types = listProviders().flatMap(({ jobTypes }) => jobTypes);

describe('the generated pages', () => {
  it.each(Object.entries(generatedPages()))(
    'are as the code has it: %s (run "node docs/generate-jobs.ts")',
    (path, text) => {
      expect(getPage(path).text === text).toBe(true);
    },
  );

  it('say of every job what it costs, but of those that call any operation', () => {
    const silent = types.filter(({ cost }) => cost === undefined).map(({ type }) => type);
    expect(silent).toEqual(listProviders().map(({ name }) => `${name}.call`));
  });
});
