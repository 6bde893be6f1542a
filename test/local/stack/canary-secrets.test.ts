/** Secrets that are known to the test go through the whole stack; then all that was written is searched. */
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSecretId } from '../../../shared/config/account.ts';
import { webhookSecretId } from '../../../shared/config/sluice-config.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { run } from '../../cli/test-io.ts';
import { receiveAll } from './dead-letters.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';
import { senders } from './signatures.ts';
import { readObjects, readTable } from './sinks.ts';

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

let running: RunningStack;
let outcomes: Outcomes;
const logged: string[] = [];
/** Answers of the API and of the webhook function, head and body. */
const answered: string[] = [];
/** Name → text that must be nowhere. */
const canaries: Record<string, string> = { NO_JSON, PRESIGNED, TASK_TOKEN, UNLOCK_CODE };

beforeAll(async () => {
  running = await startRunningStack({
    config: quickConfig({ accounts, webhooks }),
    onLog: (name, line) => logged.push(`${name} ${line}`),
  });
  outcomes = await watchOutcomes(running);
  for (const id of [accountSecretId('broken'), webhookSecretId('unreadable')]) {
    const put = { SecretId: id, SecretString: NO_JSON };
    await running.secrets.send(new PutSecretValueCommand(put));
  }
  await learnSecrets();
  await goThroughEverything();
}, minutes(2));

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

async function learnSecrets(): Promise<void> {
  const [automox, opsramp, amp] = await Promise.all(
    ['acme', 'contoso', 'globex'].map((name) => running.readSecret(accountSecretId(name))),
  );
  canaries['automox apiKey'] = String(automox?.['apiKey']);
  canaries['opsramp secret'] = String(opsramp?.['secret']);
  canaries['amp apiKey'] = String(amp?.['apiKey']);
  const pair = `${amp?.['clientId']}:${amp?.['apiKey']}`;
  canaries['amp Basic'] = Buffer.from(pair).toString('base64');
  canaries['opsramp bearer'] = await takeToken(opsramp);
  for (const source of ['standard', 'token']) {
    const { secret } = await running.readSecret(webhookSecretId(source));
    canaries[`webhook ${source}`] = String(secret);
  }
}

/** The one token that the pod gives to all who know the credential, as its workers get it. */
async function takeToken(credential: Readonly<Record<string, unknown>> = {}): Promise<string> {
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
const echo = () =>
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
  '4xx': () => ({ kind: 'raw', status: 400, body: echo() }) as const,
  '5xx': () => ({ kind: 'raw', status: 503, body: echo() }) as const,
  html: () =>
    ({ kind: 'raw', status: 200, body: `<html>${echo()}`, contentType: 'text/html' }) as const,
  cut: () => ({ kind: 'cut' }) as const,
  'half-body': () => ({ kind: 'half-body' }) as const,
};

async function goThroughEverything(): Promise<void> {
  const { broken, task } = { broken: queryServers('broken'), task: queryServers('task') };
  await Promise.all([
    ...providers.map(goWrongEveryWay),
    runJob({ ...broken, account: 'broken' }),
    sendWebhooks(),
    sendWrongMessage(),
  ]);
  await runJob({ ...task, taskToken: TASK_TOKEN });
  await lookAtIsolation();
}

async function goWrongEveryWay(provider: (typeof providers)[number]): Promise<void> {
  const simulator = running.stack.vendors.simulatorOf(provider);
  await runJob({ ...calls[provider], correlationId: `${provider} well` });
  for (const [what, fault] of Object.entries(faults)) {
    simulator.faults.add({ method: 'GET', fault: fault() });
    await runJob({ ...calls[provider], correlationId: `${provider} ${what}` });
  }
}

interface Message {
  readonly correlationId: string;
  readonly [field: string]: unknown;
}

async function runJob(message: Message): Promise<void> {
  const response = await running.post('/jobs', message);
  expect(response.status).toBe(202);
  note(response);
  const { id } = await outcomes.job(message.correlationId);
  note(await running.get(`/jobs/${id}`), await running.get(`/jobs/${id}/result`));
}

/** AMP shows the code that ends an isolation to whoever looks at it. */
async function lookAtIsolation(): Promise<void> {
  const { state } = running.stack.vendors.simulatorOf('amp').business('globex');
  const [computer] = state.computers.values();
  if (!computer) throw new RangeError('the business has no computer');
  computer.isolation = { available: true, status: 'isolated', unlockCode: UNLOCK_CODE };
  const params = { operation: 'isolation.get', path: { guid: computer.guid } };
  await runJob({ type: 'amp.call', account: 'globex', params, correlationId: 'isolation' });
}

async function sendWebhooks(): Promise<void> {
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

async function sendWrongMessage(): Promise<void> {
  const wrong = { ...queryServers('wrong'), account: 'nobody', taskToken: TASK_TOKEN };
  const MessageBody = JSON.stringify({ ...wrong, taskToken: undefined });
  const { intakeQueueUrl: QueueUrl } = running.stack;
  await running.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  note(await running.post('/jobs', wrong));
}

const waiting: Promise<void>[] = [];
const note = (...responses: readonly Response[]): void => {
  for (const response of responses) {
    const head = JSON.stringify([...response.headers]);
    waiting.push(response.text().then((text) => void answered.push(`${head} ${text}`)));
  }
};

async function runCommands(): Promise<string> {
  const { jobs } = (await (await running.get('/jobs?limit=200')).json()) as {
    jobs: readonly { id: string }[];
  };
  const lines = [
    ['jobs'],
    ['budgets'],
    ...jobs.flatMap(({ id }) => [
      ['job', id],
      ['result', id],
    ]),
  ];
  const send = { env: { SLUICE_URL: running.stack.url } };
  const ran = await Promise.all(lines.map((argv) => run(argv, (input) => fetch(input), send)));
  return ran.map(({ out, err }) => `${out}${err}`).join('\n');
}

const found = (sink: unknown): string[] => {
  const text = typeof sink === 'string' ? sink : JSON.stringify(sink);
  return Object.entries(canaries).flatMap(([name, canary]) => (text.includes(canary) ? name : []));
};

describe('S10 secrets that went through the whole stack', () => {
  it('were all known, and met success, refusal, failure, silence and defects', async () => {
    expect(Object.values(canaries).filter((canary) => canary.length < 8)).toEqual([]);
    expect(Object.keys(canaries)).toHaveLength(13);
    const codes = new Set(
      (await readTable(running, 'sluice-jobs')).map((row) =>
        String(/provider\.\w[\w-]+|account\.[\w-]+|job\.[\w-]+/.exec(JSON.stringify(row))?.[0]),
      ),
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['provider.rejected', 'account.secret-invalid']),
    );
    expect(logged.join('\n')).toContain('a try of a job failed');
  });

  it('are in no row but the task token, which the row needs to answer the task', async () => {
    expect(found(await readTable(running, 'sluice-jobs'))).toEqual(['TASK_TOKEN']);
    expect(found(await readTable(running, 'sluice-budgets'))).toEqual([]);
  });

  it('are in no result', async () => {
    expect(found(await readObjects(running))).toEqual([]);
  });

  it('are in no log', () => {
    expect(logged.length).toBeGreaterThan(50);
    expect(found(logged)).toEqual([]);
  });

  it('are in no event', () => {
    expect(outcomes.seen.length).toBeGreaterThan(20);
    expect(found(outcomes.seen)).toEqual([]);
  });

  it('are in no answer of the API or of the webhooks', async () => {
    await Promise.all(waiting);
    expect(answered.length).toBeGreaterThan(50);
    expect(found(answered)).toEqual([]);
  });

  it('are in no dead letter', async () => {
    expect(found(await receiveAll(running, 1))).toEqual([]);
  });

  it('are in no output of the CLI', async () => {
    const output = await runCommands();
    expect(output).toContain('policies.list');
    expect(found(output)).toEqual([]);
  });
});
