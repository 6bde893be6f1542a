import { describe, expect, it } from 'vitest';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { accountOf } from '../support/sample-accounts.ts';
import { allStatements, resourcesFor, statementsIn, statementsOf } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const twoProviders: SluiceConfig = {
  ...exampleConfig,
  accounts: { ...exampleConfig.accounts, contoso: accountOf('opsramp') },
};

const rendered = render(twoProviders);
const functionNames = rendered
  .all('AWS::Lambda::Function')
  .map(({ Properties }) => String(Properties['FunctionName']));
const workers = ['sluice-worker-automox', 'sluice-worker-opsramp'];
const announcers = ['sluice-api', 'sluice-reconcile', ...workers];

const namesWith = (action: string): readonly string[] =>
  functionNames.filter((name) => resourcesFor(rendered, name, action).length > 0).sort();

describe('S12 roles of functions', () => {
  it('are not shared, and hold no managed policy', () => {
    expect([...functionNames].sort()).toEqual(
      [...announcers, 'sluice-intake', 'sluice-webhook'].sort(),
    );
    const roles = rendered.all('AWS::Lambda::Function').map(({ Properties }) => Properties['Role']);
    expect(new Set(roles).size).toBe(functionNames.length);
    for (const role of rendered.all('AWS::IAM::Role')) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(role.Properties).not.toHaveProperty('Policies');
    }
  });

  it('name every action, and every resource but where IAM knows none', () => {
    const granted = statementsIn(rendered, 'AWS::IAM::Policy');
    expect(granted.length).toBeGreaterThan(functionNames.length);
    expect(granted.flatMap((it) => it.Action).filter((action) => action.includes('*'))).toEqual([]);
    const unbound = granted.filter((it) => it.Resource.includes('*')).flatMap((it) => it.Action);
    expect([...new Set(unbound)].sort()).toEqual([
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it.each(functionNames)('%s writes to its own log group alone', (name) => {
    expect(resourcesFor(rendered, name, 'logs:PutLogEvents')).toEqual([`/aws/lambda/${name}`]);
  });

  it('let nobody scan or delete, and only the API and the reconciler list', () => {
    expect(namesWith('dynamodb:Scan')).toEqual([]);
    expect(namesWith('dynamodb:DeleteItem')).toEqual([]);
    expect(namesWith('s3:DeleteObject')).toEqual([]);
    expect(namesWith('dynamodb:Query')).toEqual(['sluice-api', 'sluice-reconcile']);
    expect(resourcesFor(rendered, 'sluice-api', 'dynamodb:Query')).toEqual([
      'sluice-jobs/index/by-account',
      'sluice-jobs/index/by-status',
    ]);
    expect(resourcesFor(rendered, 'sluice-reconcile', 'dynamodb:Query')).toEqual([
      'sluice-jobs/index/by-attention',
    ]);
  });

  it('let outcomes be announced by those that end jobs', () => {
    expect(namesWith('events:PutEvents')).toEqual([...announcers].sort());
    expect(namesWith('states:SendTaskSuccess')).toEqual([...announcers].sort());
  });

  it('let budgets and results be written by those that run jobs', () => {
    expect(namesWith('s3:PutObject')).toEqual(workers);
    expect(namesWith('s3:GetObject')).toEqual(['sluice-api', ...workers]);
    expect(namesWith('dynamodb:UpdateItem')).toEqual(['sluice-api', ...workers]);
  });

  it.each(functionNames)('let %s write a table in the way of its store alone', (name) => {
    expect(resourcesFor(rendered, name, 'dynamodb:PutItem')).toEqual(['sluice-jobs']);
    const updated = resourcesFor(rendered, name, 'dynamodb:UpdateItem');
    expect(updated.filter((table) => table !== 'sluice-budgets')).toEqual([]);
  });

  it('let those that take jobs count what waits in every lane', () => {
    const lanes = ['sluice-automox.fifo', 'sluice-opsramp.fifo'];
    for (const name of ['sluice-api', 'sluice-webhook', 'sluice-intake']) {
      const counted = resourcesFor(rendered, name, 'sqs:GetQueueAttributes');
      expect(counted).toEqual(expect.arrayContaining(lanes));
    }
    expect(resourcesFor(rendered, 'sluice-reconcile', 'sqs:GetQueueAttributes')).toEqual([]);
  });

  it('let intake hide a message of its own queue alone', () => {
    expect(resourcesFor(rendered, 'sluice-intake', 'sqs:ChangeMessageVisibility')).toEqual([
      'sluice-intake',
    ]);
  });

  it.each(workers)('%s takes from its own lane and sends to none', (name) => {
    const lane = `${name.replace('-worker', '')}.fifo`;
    expect(resourcesFor(rendered, name, 'sqs:ReceiveMessage')).toEqual([lane]);
    expect(resourcesFor(rendered, name, 'sqs:SendMessage')).toEqual([]);
  });
});

describe('S12 credentials', () => {
  it.each([
    ['sluice-worker-automox', ['sluice/accounts/acme', 'sluice/accounts/umbrella']],
    ['sluice-worker-opsramp', ['sluice/accounts/contoso']],
    ['sluice-webhook', ['sluice/webhooks/tagging']],
    ['sluice-intake', []],
    ['sluice-api', []],
    ['sluice-reconcile', []],
  ])('that %s can read are %j', (name, secrets) => {
    const readable = statementsOf(rendered, name)
      .filter((it) => it.Action.some((action) => action.startsWith('secretsmanager:')))
      .filter(({ Action }) => Action.join() !== 'secretsmanager:ListSecretVersionIds')
      .map((it) => ({ actions: it.Action, secrets: [...it.Resource].sort() }));
    expect(readable).toEqual(
      secrets.length > 0 ? [{ actions: ['secretsmanager:GetSecretValue'], secrets }] : [],
    );
  });

  it('show their age, and nothing else, to the reconciler alone', () => {
    expect(namesWith('secretsmanager:ListSecretVersionIds')).toEqual(['sluice-reconcile']);
  });

  it('are created without a value', () => {
    const created = rendered.all('AWS::SecretsManager::Secret');
    expect(created.map(({ Properties }) => Properties['Name']).sort()).toEqual([
      'sluice/accounts/acme',
      'sluice/accounts/contoso',
      'sluice/accounts/umbrella',
      'sluice/webhooks/tagging',
    ]);
    for (const { Properties } of created) {
      expect(Properties).not.toHaveProperty('SecretString');
      expect(Properties).not.toHaveProperty('GenerateSecretString');
    }
  });

  it('go away with their account', () => {
    const { umbrella: _removed, ...accounts } = exampleConfig.accounts;
    const names = render({ ...exampleConfig, accounts })
      .all('AWS::SecretsManager::Secret')
      .map(({ Properties }) => Properties['Name']);
    expect(names).toEqual(['sluice/accounts/acme', 'sluice/webhooks/tagging']);
  });
});

describe('the secret of a source that an account manages', () => {
  const managed = render({
    ...twoProviders,
    webhooks: {
      ...twoProviders.webhooks,
      patching: { jobs: 'payload', managedBy: 'acme' },
      retiring: { jobs: 'payload', managedBy: 'umbrella' },
    },
  });
  const WRITE = 'secretsmanager:PutSecretValue';

  it('is written by the worker of that account’s vendor, and by nobody else', () => {
    const writers = functionNames.map((name) => [name, resourcesFor(managed, name, WRITE)]);
    expect(Object.fromEntries(writers)).toEqual({
      'sluice-worker-automox': ['sluice/webhooks/patching', 'sluice/webhooks/retiring'],
      'sluice-worker-opsramp': [],
      'sluice-intake': [],
      'sluice-webhook': [],
      'sluice-api': [],
      'sluice-reconcile': [],
    });
  });

  it('is read by that worker beside the credentials, and by whoever verifies', () => {
    const read = (name: string) => resourcesFor(managed, name, 'secretsmanager:GetSecretValue');
    expect(read('sluice-worker-automox')).toEqual([
      'sluice/accounts/acme',
      'sluice/accounts/umbrella',
      'sluice/webhooks/patching',
      'sluice/webhooks/retiring',
    ]);
    expect(read('sluice-worker-opsramp')).toEqual(['sluice/accounts/contoso']);
    expect(read('sluice-webhook')).toEqual([
      'sluice/webhooks/patching',
      'sluice/webhooks/retiring',
      'sluice/webhooks/tagging',
    ]);
  });

  it('can be given no other form: nobody creates, deletes or stages a secret', () => {
    const actions = functionNames
      .flatMap((name) => statementsOf(managed, name))
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith('secretsmanager:'));
    expect([...new Set(actions)].sort()).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:ListSecretVersionIds',
      WRITE,
    ]);
  });
});

describe('S13 service principals', () => {
  it('are trusted only for this account’s own resources', () => {
    const trusting = allStatements(rendered).filter(
      (it) => it.Effect === 'Allow' && it.Principal['Service'] !== undefined,
    );
    const services = new Set(trusting.flatMap((it) => it.Principal['Service'] ?? []));
    expect([...services].sort()).toEqual([
      'events.amazonaws.com',
      'lambda.amazonaws.com',
      'logging.s3.amazonaws.com',
      's3.amazonaws.com',
      'scheduler.amazonaws.com',
      'sns.amazonaws.com',
    ]);
    for (const statement of trusting) {
      const keys = Object.values(statement.Condition).flatMap((it) => Object.keys(it));
      expect(
        keys.some((key) => /^aws:Source(Arn|Account)$/.test(key)),
        JSON.stringify(statement),
      ).toBe(true);
    }
  });

  it('invoke a function only for the one API', () => {
    const permissions = rendered.all('AWS::Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(0);
    for (const { Properties } of permissions) {
      expect(Properties['Principal']).toBe('apigateway.amazonaws.com');
      expect(Properties['SourceArn']).toMatch(/:execute-api:AWS::Region:AWS::AccountId:sluice\//);
    }
  });
});
