/**
 * Secrets Manager on a laptop: versions and staging labels as AWS moves them.
 *
 * Guarantees: with a directory, values outlive the process in `secrets.json` (mode 0600).
 * Refuses to: encrypt, rotate by itself, or check permissions.
 */
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import { lifecycleOperations } from './secret-lifecycle.ts';
import { listingOperations } from './secret-listing.ts';
import { createSecretStore } from './secret-store.ts';
import { type SecretsContext, valueOperations } from './secret-values.ts';

export interface SecretsManagerOptions {
  /** Where secrets are kept between runs; in memory when absent. */
  readonly directory?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly clock?: Pick<Clock, 'nowMs'>;
  readonly onDefect?: (error: unknown) => void;
}

export interface SecretsManager extends AwsService {
  close(): Promise<void>;
}

export function createSecretsManager(options: SecretsManagerOptions = {}): SecretsManager {
  const clock = options.clock ?? systemClock;
  const { directory } = options;
  const context: SecretsContext = {
    store: createSecretStore(directory && join(directory, 'secrets.json')),
    nowMs: () => clock.nowMs(),
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '000000000000',
  };
  const service = createJsonService({
    name: 'secretsmanager',
    version: '1.1',
    operations: {
      ...lifecycleOperations(context),
      ...valueOperations(context),
      ...listingOperations(context),
    },
    ...(options.onDefect && { onDefect: options.onDefect }),
  });
  return { ...service, close: async () => undefined };
}
