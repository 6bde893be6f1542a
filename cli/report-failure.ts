import { inspect } from 'node:util';
import { stringifyJson } from '../shared/kernel/json.ts';
import { ApiError, NoCredentialsError, UnreachableError } from './api-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { Interrupted } from './io.ts';
import { type Printer, printable } from './printer.ts';
import { alignColumns } from './table.ts';
import { UsageError } from './usage-error.ts';

/** Says on stderr what failed and what to do about it; answers the exit code. */
export function reportFailure(error: unknown, printer: Printer): ExitCode {
  if (error instanceof Interrupted) return exitCodes.interrupted;
  if (error instanceof UsageError) {
    printer.talk(`error: ${error.message}`);
    printer.talk('"npx sluice help" shows the commands and options');
    return exitCodes.usage;
  }
  if (error instanceof UnreachableError) {
    printer.talk(`error: ${printable(error.message)}`);
    printer.talk(
      error instanceof NoCredentialsError
        ? 'Sign in to AWS, or name a profile with AWS_PROFILE.'
        : 'Start the local stack with "npm start", or name another API with --url.',
    );
    return exitCodes.unreachable;
  }
  if (error instanceof ApiError) {
    reportApiError(error, printer);
    return exitCodes.apiError;
  }
  printer.talk(`error: a defect of sluice: ${inspect(error)}`);
  return exitCodes.defect;
}

function reportApiError(error: ApiError, printer: Printer): void {
  if (printer.json) {
    printer.talk(stringifyJson({ status: error.status, title: error.message, ...error.problem }));
    return;
  }
  const code = error.find('code');
  const detail = error.find('detail');
  const rows = [
    ...error.fields.map(({ field, problem }) => [printable(field), printable(problem)]),
    ...(['requestId', 'jobId'] as const).flatMap((name) => {
      const value = error.find(name);
      return value === undefined ? [] : [[name, printable(value)]];
    }),
  ];
  printer.talk(`error: ${printable(error.message)} (${error.status}${code ? `, ${code}` : ''})`);
  // Where fields are named, the detail only repeats them.
  if (detail && error.fields.length === 0) printer.talk(`  ${printable(detail)}`);
  for (const line of alignColumns(rows, '  ')) printer.talk(line);
  if (error.status === 403 && code === undefined) {
    printer.talk('The API wants signed requests: give --aws and credentials that may invoke it.');
  }
}
