/**
 * The variables that Lambda adds to those of a function.
 * Source: AWS Lambda Developer Guide: defined runtime environment variables.
 */
import { TASK_ROOT } from './task-root.ts';

export interface DescribedFunction {
  readonly name: string;
  readonly handler: string;
  readonly region: string;
  readonly memoryMb: number;
}

export const runtimeVariables = (
  { name, handler, region, memoryMb }: DescribedFunction,
  runtimeApi: string,
): Readonly<Record<string, string>> => ({
  _HANDLER: handler,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_DEFAULT_REGION: region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  AWS_REGION: region,
  AWS_SECRET_ACCESS_KEY: 'local',
  LAMBDA_TASK_ROOT: TASK_ROOT,
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TZ: ':UTC',
});
