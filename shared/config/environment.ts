import * as z from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';

/**
 * The names by which infrastructure tells a function where things are. Infra and the local stack
 * write them, `parseEnvironment` reads them, and nothing else touches `process.env`.
 */
export const environmentNames = {
  configFile: 'SLUICE_CONFIG_FILE',
  jobsTable: 'SLUICE_JOBS_TABLE',
  budgetsTable: 'SLUICE_BUDGETS_TABLE',
  resultsBucket: 'SLUICE_RESULTS_BUCKET',
  busName: 'SLUICE_BUS_NAME',
  intakeQueueUrl: 'SLUICE_INTAKE_QUEUE_URL',
  intakeDeadLetterUrl: 'SLUICE_INTAKE_DEAD_LETTER_URL',
  queueUrls: 'SLUICE_QUEUE_URLS',
  /** `1` in the local stack alone: an account's loopback `endpoint` is then honoured. */
  localStack: 'SLUICE_LOCAL_STACK',
} as const;

export type EnvironmentKey = keyof typeof environmentNames;
export type Environment<K extends EnvironmentKey> = Readonly<Record<K, string>>;

/** Reads `keys` from `source`. Throws naming every variable that is missing. */
export function parseEnvironment<K extends EnvironmentKey>(
  keys: readonly K[],
  source: Readonly<Record<string, string | undefined>>,
): Environment<K> {
  const missing = keys.filter((key) => !source[environmentNames[key]]);
  if (missing.length > 0) {
    const names = missing.map((key) => environmentNames[key]).join(', ');
    throw new SluiceError('internal.unexpected', `environment variables are missing: ${names}`);
  }
  const entries = keys.map((key) => [key, source[environmentNames[key]]]);
  return Object.fromEntries(entries) as Environment<K>;
}

const QueueUrls = z.record(z.string(), z.url());

/** `SLUICE_QUEUE_URLS` is JSON: provider name → queue URL. */
export const parseQueueUrls = (text: string): Readonly<Record<string, string>> =>
  QueueUrls.parse(JSON.parse(text));
