/**
 * A workflow of Sluice jobs: find a device that misses patches, isolate it, tag it, patch it, look until
 * nothing is missing, release it. Each step is a job that answers the task token when it ends.
 *
 * Guarantees: a device is released only after nothing was found missing; whatever fails in between
 * leaves it isolated, in a state that says so.
 */
import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  IntegrationPattern,
  JsonPath,
  type State,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** Names in `sluice.config.ts`. */
export interface WorkflowAccounts {
  readonly automox: string;
  readonly amp: string;
}

/** A job that could not be done because something was away: another one may be sent. */
const PASSING = ['store.unavailable', 'provider.unavailable', 'provider.unreachable'];
/** Sluice's code of a job that ended as uncertain. */
const UNCERTAIN = ['provider.no-answer'];

export function createWorkflow(
  scope: Construct,
  intake: IQueue,
  { automox, amp }: WorkflowAccounts,
): IChainable {
  const step = createStep(scope, intake);
  const notIsolated = new Fail(scope, 'NotIsolated', {
    error: 'NotIsolated',
    cause: 'Nothing was changed, or nobody knows whether the isolation took effect.',
  });
  const leftIsolated = new Fail(scope, 'LeftIsolated', {
    error: 'LeftIsolated',
    cause: 'The device is isolated and not known to be patched: a person decides.',
  });
  const missing = {
    filters: { name: JsonPath.stringAt('$.hostname'), patchStatus: 'missing' },
    fields: ['id', 'name'],
  };
  const detect = step('Detect', notIsolated, 'automox.servers.query', automox, missing);
  const isolate = step('Isolate', notIsolated, 'amp.computer.isolate', amp, {
    computers: listOf('$.computerGuid'),
    comment: JsonPath.stringAt('$.case'),
    followForMinutes: 60,
  });
  const tag = step('Tag', leftIsolated, 'automox.server.update', automox, {
    devices: listOf('$.deviceId'),
    set: { tags: { add: ['isolated'] } },
  });
  const patch = step('Patch', leftIsolated, 'automox.server.command', automox, {
    devices: listOf('$.deviceId'),
    command: 'InstallAllUpdates',
  });
  const letInstall = new Wait(scope, 'LetInstall', {
    time: WaitTime.duration(Duration.minutes(30)),
  });
  const verify = step('Verify', leftIsolated, 'automox.servers.query', automox, missing);
  const release = step('Release', leftIsolated, 'amp.computer.release', amp, {
    computers: listOf('$.computerGuid'),
    comment: JsonPath.stringAt('$.case'),
    followForMinutes: 60,
  });
  const nothingMissing = (name: string) => Condition.numberEquals(`$.${name}.result.rows`, 0);
  release.next(new Succeed(scope, 'Released'));
  verify.next(
    new Choice(scope, 'Patched?').when(nothingMissing('Verify'), release).otherwise(letInstall),
  );
  isolate.next(tag).next(patch).next(letInstall).next(verify);
  detect.next(
    new Choice(scope, 'Anything missing?')
      .when(nothingMissing('Detect'), new Succeed(scope, 'NothingToDo'))
      .otherwise(isolate),
  );
  return detect;
}

/** A path stands for a value in an object, never in a list. */
const listOf = (path: string): string => JsonPath.array(JsonPath.stringAt(path));

const createStep =
  (scope: Construct, intake: IQueue) =>
  (name: string, otherwise: State, type: string, account: string, params: object) => {
    const task = new SqsSendMessage(scope, name, {
      queue: intake,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      // A message that is rejected is no job: nothing would ever answer its token.
      taskTimeout: Timeout.duration(Duration.hours(6)),
      resultPath: `$.${name}`,
      messageBody: TaskInput.fromObject({
        type,
        account,
        params,
        correlationId: JsonPath.stringAt('$$.Execution.Name'),
        taskToken: JsonPath.taskToken,
      }),
    });
    task.addRetry({ errors: PASSING, interval: Duration.minutes(5), maxAttempts: 2 });
    task.addCatch(otherwise, { errors: UNCERTAIN, resultPath: '$.uncertain' });
    task.addCatch(otherwise, { errors: ['States.ALL'], resultPath: '$.failure' });
    return task;
  };
