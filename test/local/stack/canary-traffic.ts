/** Traffic that takes secrets known to a test through the whole stack, by success and by failure. */
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { accountSecretId } from '../../../shared/config/account.ts';
import { webhookSecretId } from '../../../shared/config/sluice-config.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';
import { senders } from './signatures.ts';

/** What somebody put where JSON belongs: a parser's own message would quote it. */
const NO_JSON = 'canary-no-json-8f1d';
const PRESIGNED =
  'https://bucket.s3.amazonaws.com/report?X-Amz-Credential=AKIA0CANARY1PRESIGNED9&X-Amz-Signature=5f1c0ffee5f1c0ffee5f1c0ffee5f1c0ffee';
const TASK_TOKEN = 'canary-task-token-5b';
const UNLOCK_CODE = 'canary-unlock-7c';

const accounts = {
  acme: { provider: 'automox', organizationId: 9237 },
  contoso: { provider: 'opsramp', tenantId: 'client_42' },
  globex: { provider: 'amp', region: 'nam' },
  broken: { provider: 'automox', organizationId: 1 },
} as const;

const webhooks = {
  standard: { scheme: senders.standard.scheme, jobs: 'payload.job' },
  token: { scheme: senders.token.scheme, jobs: 'payload.job' },
  unreadable: { scheme: 'github', jobs: 'payload.job' },
} as const;

export interface CanaryTraffic {
  readonly running: RunningStack;
  readonly outcomes: Outcomes;
  /** Name → text that must be nowhere. */
  readonly canaries: Record<string, string>;
  readonly logged: readonly string[];
  /** Keeps answers of the API and of the webhook function, head and body. */
  note(...responses: readonly Response[]): void;
  /** Those kept, once their bodies are there. */
  answered(): Promise<readonly string[]>;
}

export async function startCanaryStack(): Promise<CanaryTraffic> {
  const logged: string[] = [];
  const answers: Promise<string>[] = [];
  const running = await startRunningStack({
    config: quickConfig({ accounts, webhooks }),
    onLog: (name, line) => logged.push(`${name} ${line}`),
  });
  return {
    running,
    outcomes: await watchOutcomes(running),
    canaries: { NO_JSON, PRESIGNED, TASK_TOKEN, UNLOCK_CODE },
    logged,
    note(...responses) {
      for (const response of responses) {
        const head = JSON.stringify([...response.headers]);
        answers.push(response.text().then((text) => `${head} ${text}`));
      }
    },
    answered: () => Promise.all(answers),
  };
}

export async function sendCanaries(traffic: CanaryTraffic): Promise<void> {
  for (const id of [accountSecretId('broken'), webhookSecretId('unreadable')]) {
    const put = { SecretId: id, SecretString: NO_JSON };
    await traffic.running.secrets.send(new PutSecretValueCommand(put));
  }
  await learnSecrets(traffic);
  await goThroughEverything(traffic);
}

async function learnSecrets({ running, canaries }: CanaryTraffic): Promise<void> {
  const [automox, opsramp, amp] = await Promise.all(
    ['acme', 'contoso', 'globex'].map((name) => running.readSecret(accountSecretId(name))),
  );
  canaries['automox apiKey'] = String(automox?.['apiKey']);
  canaries['opsramp secret'] = String(opsramp?.['secret']);
  canaries['amp apiKey'] = String(amp?.['apiKey']);
  const pair = `${amp?.['clientId']}:${amp?.['apiKey']}`;
  canaries['amp Basic'] = Buffer.from(pair).toString('base64');
  canaries['opsramp bearer'] = await takeToken(running, opsramp);
  for (const source of ['standard', 'token']) {
    const { secret } = await running.readSecret(webhookSecretId(source));
    canaries[`webhook ${source}`] = String(secret);
  }
}

/** The one token that the pod gives to all who know the credential, as its workers get it. */
async function takeToken(
  running: RunningStack,
  credential: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { vendors } = running.stack;
  vendors.simulatorOf('opsramp').configure({ tokenReuse: true });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: String(credential['key']),
    client_secret: String(credential['secret']),
  });
  const url = `${vendors.urls['opsramp']?.url}/auth/oauth/token`;
  const answer = (await (await fetch(url, { method: 'POST', body })).json()) as Answer;
  return answer.access_token;
}

interface Answer {
  readonly access_token: string;
}

/** A vendor that says in its refusal what it was sent, and more. */
const echo = ({ canaries }: CanaryTraffic) =>
  JSON.stringify({
    errors: [`key ${canaries['automox apiKey']} at ${PRESIGNED}`],
    error: `token ${canaries['opsramp bearer']}`,
    message: `Bearer ${canaries['opsramp bearer']} ${canaries['opsramp secret']}`,
    details: [`Basic ${canaries['amp Basic']} ${canaries['amp apiKey']}`],
  });

const calls = {
  automox: {
    type: 'automox.call',
    account: 'acme',
    params: { operation: 'policies.list', query: { limit: 1 } },
  },
  opsramp: {
    type: 'opsramp.call',
    account: 'contoso',
    params: { operation: 'alerts.search', query: { pageSize: 1 } },
  },
  amp: {
    type: 'amp.call',
    account: 'globex',
    params: { operation: 'computers.list', query: { limit: 1 } },
  },
};
const providers = ['automox', 'opsramp', 'amp'] as const;

const faults = {
  '4xx': (traffic: CanaryTraffic) => ({ kind: 'raw', status: 400, body: echo(traffic) }) as const,
  '5xx': (traffic: CanaryTraffic) => ({ kind: 'raw', status: 503, body: echo(traffic) }) as const,
  html: (traffic: CanaryTraffic) =>
    ({
      kind: 'raw',
      status: 200,
      body: `<html>${echo(traffic)}`,
      contentType: 'text/html',
    }) as const,
  cut: () => ({ kind: 'cut' }) as const,
  'half-body': () => ({ kind: 'half-body' }) as const,
};

async function goThroughEverything(traffic: CanaryTraffic): Promise<void> {
  const { broken, task } = { broken: queryServers('broken'), task: queryServers('task') };
  await Promise.all([
    ...providers.map((provider) => goWrongEveryWay(traffic, provider)),
    runJob(traffic, { ...broken, account: 'broken' }),
    sendWebhooks(traffic),
    sendWrongMessage(traffic),
  ]);
  await runJob(traffic, { ...task, taskToken: TASK_TOKEN });
  await lookAtIsolation(traffic);
}

async function goWrongEveryWay(
  traffic: CanaryTraffic,
  provider: (typeof providers)[number],
): Promise<void> {
  const simulator = traffic.running.stack.vendors.simulatorOf(provider);
  await runJob(traffic, { ...calls[provider], correlationId: `${provider} well` });
  for (const [what, fault] of Object.entries(faults)) {
    simulator.faults.add({ method: 'GET', fault: fault(traffic) });
    await runJob(traffic, { ...calls[provider], correlationId: `${provider} ${what}` });
  }
}

interface Message {
  readonly correlationId: string;
  readonly [field: string]: unknown;
}

async function runJob({ running, outcomes, note }: CanaryTraffic, message: Message): Promise<void> {
  const response = await running.post('/jobs', message);
  expect(response.status).toBe(202);
  note(response);
  const { id } = await outcomes.job(message.correlationId);
  note(await running.get(`/jobs/${id}`), await running.get(`/jobs/${id}/result`));
}

/** AMP shows the code that ends an isolation to whoever looks at it. */
async function lookAtIsolation(traffic: CanaryTraffic): Promise<void> {
  const { state } = traffic.running.stack.vendors.simulatorOf('amp').business('globex');
  const [computer] = state.computers.values();
  if (!computer) throw new RangeError('the business has no computer');
  computer.isolation = { available: true, status: 'isolated', unlockCode: UNLOCK_CODE };
  const params = { operation: 'isolation.get', path: { guid: computer.guid } };
  await runJob(traffic, {
    type: 'amp.call',
    account: 'globex',
    params,
    correlationId: 'isolation',
  });
}

async function sendWebhooks({ running, outcomes, canaries, note }: CanaryTraffic): Promise<void> {
  for (const name of ['standard', 'token'] as const) {
    const body = JSON.stringify({ job: queryServers(`by ${name}`) });
    const headers = senders[name].sign(canaries[`webhook ${name}`] ?? '', body);
    const [proof = ''] = Object.values(headers).slice(-1);
    canaries[`proof of ${name}`] = proof;
    note(await running.post(`/webhooks/${name}`, body, headers));
    note(await running.post(`/webhooks/${name}`, 'prose', headers));
    await outcomes.job(`by ${name}`);
  }
  note(await running.post('/webhooks/unreadable', '{}', { 'x-hub-signature-256': 'sha256=00' }));
}

async function sendWrongMessage({ running, note }: CanaryTraffic): Promise<void> {
  const wrong = { ...queryServers('wrong'), account: 'nobody', taskToken: TASK_TOKEN };
  const MessageBody = JSON.stringify({ ...wrong, taskToken: undefined });
  const { intakeQueueUrl: QueueUrl } = running.stack;
  await running.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  note(await running.post('/jobs', wrong));
}
