import { Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { createWorkflow, type WorkflowAccounts } from './workflow.ts';

export interface IsolateAndPatchProps extends StackProps {
  readonly accounts: WorkflowAccounts;
}

/** The example's state machine beside a deployed Sluice of the same account and region. */
export class IsolateAndPatchStack extends Stack {
  constructor(scope: Construct, id: string, { accounts, ...props }: IsolateAndPatchProps) {
    super(scope, id, props);
    const intakeArn = this.formatArn({ service: 'sqs', resource: 'sluice-intake' });
    const intake = Queue.fromQueueArn(this, 'Intake', intakeArn);
    const { role } = new StateMachine(this, 'Workflow', {
      stateMachineName: 'sluice-isolate-and-patch',
      definitionBody: DefinitionBody.fromChainable(createWorkflow(this, intake, accounts)),
      timeout: Duration.days(1),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // Task tokens are in the data of an execution.
        includeExecutionData: false,
        destination: new LogGroup(this, 'Logs', {
          logGroupName: '/aws/vendedlogs/states/sluice-isolate-and-patch',
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log delivery and X-Ray have no resource to name.',
    });
  }
}
