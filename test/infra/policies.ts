/** Every policy statement of a rendered stack, wherever it hangs. */
import * as z from 'zod';
import type { Rendered } from './rendered.ts';

const Texts = z.union([z.string(), z.array(z.string())]).transform((it) => [it].flat());

export const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: Texts,
  Resource: Texts.default([]),
  Principal: z.record(z.string(), Texts).default({}),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type Statement = z.infer<typeof Statement>;

const Policy = z.object({ Statement: z.array(Statement) });

const documentOf = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
} as const;
type PolicyType = keyof typeof documentOf;

export const statementsIn = (rendered: Rendered, type: PolicyType): readonly Statement[] =>
  rendered.all(type).flatMap((it) => Policy.parse(it.Properties[documentOf[type]]).Statement);

export const allStatements = (rendered: Rendered): readonly Statement[] =>
  (Object.keys(documentOf) as PolicyType[]).flatMap((type) => statementsIn(rendered, type));

/** What the role of a function may do. */
export function statementsOf(rendered: Rendered, functionName: string): readonly Statement[] {
  const role = rendered.one('AWS::Lambda::Function', 'FunctionName', functionName).Properties[
    'Role'
  ];
  return rendered
    .all('AWS::IAM::Policy')
    .filter((it) => z.array(z.string()).parse(it.Properties['Roles']).includes(String(role)))
    .flatMap((it) => Policy.parse(it.Properties['PolicyDocument']).Statement);
}

/** The resources on which a function may do `action`. */
export const resourcesFor = (
  rendered: Rendered,
  functionName: string,
  action: string,
): readonly string[] =>
  statementsOf(rendered, functionName)
    .filter((it) => it.Effect === 'Allow' && it.Action.includes(action))
    .flatMap((it) => it.Resource)
    .sort();

/** The statements of the policy on one queue. */
export const queueStatements = (rendered: Rendered, queueName: string): readonly Statement[] =>
  rendered
    .all('AWS::SQS::QueuePolicy')
    .filter((it) => z.array(z.string()).parse(it.Properties['Queues']).includes(queueName))
    .flatMap((it) => Policy.parse(it.Properties['PolicyDocument']).Statement);
