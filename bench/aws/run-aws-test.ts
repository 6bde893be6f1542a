/** One run: deploys, runs the scenarios side by side, reads the audit, and takes all down again. */
import { randomBytes } from 'node:crypto';
import { accountSecretId } from '../../shared/config/account.ts';
import type { AwsTestOptions } from './aws-options.ts';
import { openDeployedTarget } from './deployed-target.ts';
import { openEmulatedTarget } from './emulated-target.ts';
import type { RunReport } from './report.ts';
import { ACCOUNT, newPrefix, runConfig } from './run-config.ts';
import { runScenario } from './scenarios.ts';
import { openAccess, putSecret, type Target } from './target.ts';
import { wakeUpsOf } from './wake-up.ts';

const MINUTE_S = 60;

/** `windowSeconds` is of the emulated vendor's batch limit; on AWS it is the vendor's own minute. */
export async function runAwsTest(
  options: AwsTestOptions,
  windowSeconds = MINUTE_S,
): Promise<RunReport> {
  const startedAtMs = Date.now();
  const prefix = newPrefix();
  const target = await openTarget(prefix, options, windowSeconds);
  try {
    const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
    const access = await openAccess(target, webhookSecret);
    const context = { access, prefix, webhookSecret };
    const scenarios = await Promise.all(
      options.scenarios.map((name) => runScenario(name, context)),
    );
    const limits = await target.audit();
    const wakeUps = wakeUpsOf(scenarios.flatMap(({ jobs }) => jobs));
    return { prefix, emulated: options.emulated, startedAtMs, scenarios, limits, wakeUps };
  } finally {
    if (!options.keep || options.emulated) await target.close();
    else console.error(`kept: the stack Sluice-${prefix}, its tables and its buckets`);
  }
}

async function openTarget(
  prefix: string,
  { emulated, organizationId, vendorUrl, vendorKey }: AwsTestOptions,
  windowSeconds: number,
): Promise<Target> {
  if (emulated || vendorUrl === undefined) {
    const config = runConfig(prefix, { organizationId, windowSeconds });
    return openEmulatedTarget(config, windowSeconds / MINUTE_S);
  }
  const config = runConfig(prefix, { organizationId, vendorUrl });
  const target = await openDeployedTarget(config, vendorUrl);
  await putSecret(target, accountSecretId(ACCOUNT, prefix), { apiKey: vendorKey });
  return target;
}
