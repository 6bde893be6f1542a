import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type EnvironmentKey, environmentNames } from '../shared/config/environment.ts';
import type { FunctionContract } from '../shared/config/function-contract.ts';
import { invariant } from '../shared/kernel/invariant.ts';
import { traceCalls, withoutResource } from './access.ts';
import type { Stage } from './stages.ts';

export type DeployedEnvironment = Readonly<Partial<Record<EnvironmentKey, string>>>;

export interface SluiceFunctionProps {
  readonly contract: FunctionContract;
  /** Of all that is deployed. */
  readonly prefix: string;
  readonly code: Code;
  /** May hold more than the contract asks for; the function gets what it asks for. */
  readonly environment: DeployedEnvironment;
  readonly statements: readonly PolicyStatement[];
  readonly stage: Stage;
}

/** A Lambda function with a role and a log group of its own. */
export class SluiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly label: string;
  readonly timeoutMs: number;

  constructor(scope: Construct, id: string, props: SluiceFunctionProps) {
    super(scope, id);
    const { contract, stage } = props;
    this.label = contract.name;
    this.timeoutMs = contract.timeoutMs;
    const functionName = `${props.prefix}-${this.label}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      memorySize: contract.memoryMb * stage.memoryShare,
      timeout: Duration.millis(contract.timeoutMs),
      environment: environmentOf(contract, props.environment),
      role: this.#createRole(logGroup, props.statements),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
  }

  /** Own role, without AWS's managed policy: that one may write to every log group. */
  #createRole(logGroup: LogGroup, statements: readonly PolicyStatement[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    logGroup.grantWrite(role);
    const granted = [traceCalls(), ...statements];
    for (const statement of granted) role.addToPolicy(statement);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: Object.values(withoutResource)
        .filter(({ actions }) => granted.some((it) => it.actions.includes(actions[0])))
        .map(({ reason }) => reason)
        .join(' '),
    });
    return role;
  }
}

function environmentOf(
  contract: FunctionContract,
  values: DeployedEnvironment,
): Record<string, string> {
  const entries = contract.environment.map((key) => {
    const value = values[key];
    invariant(value !== undefined, `${contract.name} asks for "${key}", which nothing provides`);
    return [environmentNames[key], value];
  });
  return Object.fromEntries(entries);
}
