import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localClientConfig } from '../../local/stack/provision.ts';
import { webhookSecretId } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { percentile, sideBySide, timed } from './timed.ts';

export interface HookFigures {
  readonly sent: number;
  readonly accepted: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Ten a second: 700 of them last longer than the minute of the vendor's limit. */
const PAUSE_MS = 100;

/** Sends webhooks one after the other to the source `load`, of the scheme `github`. */
export async function sendHooks(
  { url, awsUrl }: { readonly url: string; readonly awsUrl: string },
  count: number,
  message: (index: number) => object,
): Promise<HookFigures> {
  const secret = await readSecret(awsUrl);
  const answers = await sideBySide(count, 1, async (index) => {
    await systemClock.sleep(PAUSE_MS);
    const body = JSON.stringify({ job: message(index) });
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    const headers = {
      'x-hub-signature-256': `sha256=${digest}`,
      'x-github-delivery': `delivery-${index}`,
    };
    const send = async () => {
      const response = await fetch(`${url}/webhooks/load`, { method: 'POST', body, headers });
      await response.text();
      return response.status;
    };
    return timed(send);
  });
  const elapsed = answers.map(({ elapsedMs }) => elapsedMs);
  return {
    sent: count,
    accepted: answers.filter(({ value }) => value === 202).length,
    p50Ms: percentile(elapsed, 0.5),
    p99Ms: percentile(elapsed, 0.99),
  };
}

async function readSecret(awsUrl: string): Promise<string> {
  const secrets = new SecretsManagerClient(localClientConfig(awsUrl));
  const asked = new GetSecretValueCommand({ SecretId: webhookSecretId('load') });
  const { SecretString = '' } = await secrets.send(asked);
  return (JSON.parse(SecretString) as { readonly secret: string }).secret;
}
