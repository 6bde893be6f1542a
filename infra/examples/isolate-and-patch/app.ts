/** `npx cdk synth -a 'node infra/examples/isolate-and-patch/app.ts'`; accounts by `-c automox=…`. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { IsolateAndPatchStack } from './isolate-and-patch-stack.ts';

const app = new App();
new IsolateAndPatchStack(app, 'SluiceIsolateAndPatch', {
  accounts: {
    automox: app.node.tryGetContext('automox') ?? 'acme',
    amp: app.node.tryGetContext('amp') ?? 'globex',
  },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
