/** A console, a source that its account manages, and what both know of a webhook's secret. */
import type { Webhook } from '../../../../../local/simulators/automox/world.ts';
import { webhookSecretId } from '../../../../../shared/config/sluice-config.ts';
import { Secret } from '../../../../../shared/kernel/secret.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { type Console, type ConsoleOptions, startConsole } from '../console.ts';

export const ENSURE = 'automox.webhooks.ensure';
export const SOURCE = 'patching';

export const wanted = {
  name: 'Sluice',
  url: 'https://hooks.example.com/webhooks/patching',
  eventTypes: ['policy.compliant', 'policy.non_compliant'],
  source: SOURCE,
};

export interface KeptSecret {
  readonly secret: string;
  readonly previous?: string;
  readonly webhookId?: string;
}

/** What the source knows now. */
export function keptIn(harness: JobHarness): KeptSecret | undefined {
  const last = harness.keeper.kept.at(-1);
  return last && JSON.parse(last.text);
}

export const put = (harness: JobHarness, value: KeptSecret): Promise<void> =>
  harness.keeper.keep(webhookSecretId(SOURCE), new Secret(JSON.stringify(value)));

export const startHooks = (options: ConsoleOptions = {}): Promise<Console> =>
  startConsole({ sources: [SOURCE], ...options });

export const webhooksOf = (console: Console): Webhook[] => [...console.org().webhooks.values()];

/** The one webhook of that name. */
export function theWebhook(console: Console, name = wanted.name): Webhook {
  const [webhook, ...others] = webhooksOf(console).filter((one) => one.name === name);
  if (!webhook || others.length > 0) throw new Error(`not one webhook is named ${name}`);
  return webhook;
}

export const signingSecret = (webhook: Webhook): string => webhook.secrets.at(-1) ?? 'none';

/** A webhook that was there before, whose present secret is `first-NAME`. */
export function install(
  console: Console,
  name = wanted.name,
  more: Partial<Webhook> = {},
): Webhook {
  const { url, eventTypes } = wanted;
  const secrets = [`first-${name}`];
  const fields = { id: `wh-${name}`, name, url, eventTypes, enabled: true, secrets };
  const webhook: Webhook = { ...fields, deliveries: [], ...more };
  console.org().webhooks.set(webhook.id, webhook);
  return webhook;
}

/** `METHOD /path` below the organization, without what only reads. */
export const writesOf = (console: Console): string[] =>
  console
    .requests()
    .filter((request) => !request.startsWith('GET'))
    .map((request) => request.replace(`/organizations/${console.org().uuid}`, ''));
