/** What the name of everything deployed begins with, so that two deployments fit into one account. */
import * as z from 'zod';

export const DEFAULT_PREFIX = 'sluice';

/** A bucket's name holds the account and the region as well, and has 63 characters at most. */
export const Prefix = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,16}[a-z0-9]$/,
    'must be 2 to 18 of a-z, 0-9 and "-", as in "sluice-eu"',
  );

/** What a person sees of a deployment: the name of its stack, and the namespace of its metrics. */
export const deploymentName = (prefix: string = DEFAULT_PREFIX): string =>
  prefix === DEFAULT_PREFIX ? 'Sluice' : `Sluice-${prefix}`;

/**
 * A deployment for tests, by its name: the only kind on AWS in which an account's `endpoint` is
 * honoured. No other name can be one by mistake, and it shows in the name of every resource.
 */
export const isTestPrefix = (prefix: string): boolean => /^sluice-test-[a-z0-9]+$/.test(prefix);
