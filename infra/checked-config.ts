import { loadConfig } from '../shared/config/load-config.ts';
import { parseConfig, type SluiceConfig } from '../shared/config/sluice-config.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { checkConfig } from '../shared/providers/check-config.ts';

/** Which config is meant: the one that is named, else `SLUICE_CONFIG`, else the project's own. */
export const configFile = (named: string | undefined): string =>
  named ?? process.env['SLUICE_CONFIG'] ?? 'sluice.config.ts';

/**
 * The config that is deployed. Throws `request.invalid` naming every wrong field, so that a wrong
 * schedule or mapping stops the build and not a job at night.
 */
export async function loadCheckedConfig(file: string): Promise<SluiceConfig> {
  const config = await loadConfig(file);
  checkConfig(config, systemClock.nowMs());
  return config;
}

/** The config under another prefix than its own. Throws `request.invalid` where it cannot be one. */
export const withPrefix = (config: SluiceConfig, prefix: unknown): SluiceConfig =>
  prefix === undefined ? config : parseConfig({ ...config, prefix });
