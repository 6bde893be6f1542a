/**
 * `npm run test:aws`: deploys a stack of its own into the caller's AWS account, runs the main scenarios
 * against the caller's simulator, measures, and tears it down. Exit code 1 where a scenario fails or a
 * limit was exceeded, 2 where an option is wrong.
 */
import { type AwsTestOptions, awsTestUsage, parseAwsTestOptions } from './aws-options.ts';
import { describeReport, isGood, reportJson } from './report.ts';
import { runAwsTest } from './run-aws-test.ts';

async function main(options: AwsTestOptions): Promise<void> {
  if (options.help) {
    console.log(awsTestUsage);
    return;
  }
  const report = await runAwsTest(options);
  console.log(options.json ? reportJson(report) : describeReport(report));
  process.exitCode = isGood(report) ? 0 : 1;
}

function readOptions(): AwsTestOptions | undefined {
  try {
    return parseAwsTestOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${awsTestUsage}`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = readOptions();
if (options !== undefined) await main(options);
