/** `docs/permissions.md`: what the deployed roles may do, and what a deployment touches. */
import * as z from 'zod';
import type { NamedResource } from '../../infra/named-resources.ts';
import { code, codeList, page, table } from './markdown.ts';

const Texts = z.union([z.string(), z.array(z.string())]).transform((it) => [it].flat());
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: Texts, Resource: Texts })) }),
  Roles: z.array(z.string()),
});

export const permissionsPage = (resources: readonly NamedResource[]): string =>
  page([
    '# Permissions',
    'Written by `node docs/generate-permissions.ts` from the synthesized stack; a test keeps it in step. The config behind it has an account of each vendor, one webhook source and one schedule. `AWS::Partition` and its like stand for your own.',
    '## At run time',
    'Each function has a role of its own, and so has each kind of schedule. No role has a managed policy. `*` stands only where IAM knows no resource for the action.',
    ...rolesOf(resources).flatMap(({ role, rows }) => [
      `### ${role}`,
      table(['resource', 'actions'], rows),
    ]),
    '## To deploy',
    '`cdk bootstrap` is run once by somebody who may create roles. It makes the roles by which `cdk deploy` and `cdk diff` work: whoever deploys needs `sts:AssumeRole` on `cdk-*-deploy-role-*`, `cdk-*-file-publishing-role-*` and `cdk-*-lookup-role-*`. CloudFormation creates the resources with the execution role of the bootstrap, which has AdministratorAccess unless you say otherwise:',
    '```sh\nnpx cdk bootstrap --cloudformation-execution-policies POLICY_ARN\n```',
    'The policy must let CloudFormation create, read, change and delete these resources, and `iam:PassRole` the roles to Lambda and EventBridge Scheduler:',
    table(['resource type', 'how many'], typesOf(resources)),
  ]);

interface RoleRows {
  readonly role: string;
  readonly rows: readonly (readonly [resource: string, actions: string])[];
}

function rolesOf(resources: readonly NamedResource[]): readonly RoleRows[] {
  const owners = ownersOf(resources);
  const policies = resources
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => Policy.parse(Properties));
  return policies
    .flatMap(({ Roles: roles, PolicyDocument: { Statement: statements } }) =>
      roles.map((role) => ({ role: owners.get(role) ?? role, rows: rowsOf(statements) })),
    )
    .sort((a, b) => a.role.localeCompare(b.role));
}

/** Role → what runs with it. */
function ownersOf(resources: readonly NamedResource[]): ReadonlyMap<string, string> {
  const functions = resources
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map((it) => [String(it.Properties['Role']), String(it.Properties['FunctionName'])] as const);
  const schedules = resources
    .filter(({ Type }) => Type === 'AWS::Scheduler::Schedule')
    .map(({ Properties }) => Schedule.parse(Properties))
    .map(({ Target, Name }) => [Target.RoleArn, kindOf(Name)] as const);
  return new Map([...schedules, ...functions]);
}

const Schedule = z.object({ Name: z.string(), Target: z.object({ RoleArn: z.string() }) });

const kindOf = (schedule: string): string =>
  schedule.startsWith('sluice.') ? 'the reconciler’s schedules' : 'schedules of the config';

function rowsOf(statements: z.infer<typeof Policy>['PolicyDocument']['Statement']) {
  const actions = new Map<string, readonly string[]>();
  for (const { Action, Resource } of statements) {
    for (const resource of Resource) {
      actions.set(resource, [...(actions.get(resource) ?? []), ...Action]);
    }
  }
  return [...actions]
    .map(([resource, all]) => [code(resource), codeList([...new Set(all)].sort())] as const)
    .sort(([a], [b]) => a.localeCompare(b));
}

function typesOf(resources: readonly NamedResource[]): readonly (readonly [string, string])[] {
  const byType = Map.groupBy(resources, ({ Type }) => Type);
  return [...byType]
    .map(([type, all]) => [code(type), String(all.length)] as const)
    .sort(([a], [b]) => a.localeCompare(b));
}
