import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config/load-config.ts';
import { checkConfig } from '../../shared/providers/check-config.ts';
import { createPayloadMapping } from '../../shared/webhooks/payload-mapping.ts';
import { absolute, pages } from './pages.ts';

const directory = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
afterAll(() => rmSync(directory, { recursive: true }));

const NOW_MS = Date.parse('2027-02-28T00:00:00Z');

/** Config files as the documentation shows them, each where its imports can be found. */
const configs = pages.flatMap(({ path, code }) =>
  code
    .filter(({ language, text }) => language === 'ts' && text.includes('defineConfig('))
    .map(({ text }) => ({ path, file: writeConfig(path, text) })),
);

describe('config files of the documentation', () => {
  it.each(configs)('in $path can be deployed', async ({ file }) => {
    const config = await loadConfig(file);
    expect(() => checkConfig(config, NOW_MS)).not.toThrow();
  });

  it('hold a source of each signature scheme, whose mapping makes a job of the example', async () => {
    const shown = configs.find(({ path }) => path === 'docs/ways-in.md');
    const { webhooks } = await loadConfig(shown?.file ?? '');
    const made = await Promise.all(
      Object.entries(webhooks).map(async ([source, { scheme, jobs }]) => {
        if (!scheme) throw new RangeError(`${source} has no scheme`);
        const payload = payloads[scheme.name];
        const delivery = { headers: {}, source, deliveryId: 'd', receivedAt: '' };
        const messages = await createPayloadMapping(jobs).map({ payload, ...delivery });
        return [scheme.name, messages.length];
      }),
    );
    expect(Object.fromEntries(made)).toEqual({
      'standard-webhooks': 1,
      github: 1,
      timestamped: 1,
      'static-token': 1,
    });
  });
});

const payloads = {
  'standard-webhooks': { deviceIds: [1_001_000], tags: ['pilot'] },
  github: { ref: 'refs/heads/main' },
  timestamped: { event: 'paid' },
  'static-token': { alerts: [{ severity: 'critical', policy: '1000100' }] },
} as const;

function writeConfig(path: string, text: string): string {
  const file = join(directory, `${path.replaceAll('/', '-')}.config.ts`);
  writeFileSync(file, text.replaceAll("'./shared/", `'${absolute('shared')}/`));
  return file;
}
