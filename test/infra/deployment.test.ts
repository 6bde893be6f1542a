import { App } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { addSluice } from '../../infra/deployment.ts';
import { appContext, exampleConfig, stubCode } from './rendered.ts';

const deploy = () => {
  const app = new App({ context: appContext });
  return { app, stack: addSluice(app, { config: exampleConfig, codeFor: stubCode }) };
};

describe('S14 the deployment', () => {
  it('passes every check of cdk-nag and of CDK itself', () => {
    const { app } = deploy();
    expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  it('does not synthesize with a finding that nobody acknowledged', () => {
    const { app, stack } = deploy();
    new Queue(stack, 'Careless');
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });

  it('is one stack that names neither account nor region', () => {
    const { app, stack } = deploy();
    expect(app.synth().stacks.map(({ environment }) => environment.name)).toEqual([
      'aws://unknown-account/unknown-region',
    ]);
    expect(stack.stackName).toBe('Sluice');
  });

  it('is synthesized by plain node, with findings as errors and nothing sent home', () => {
    expect(cdk).toMatchObject({
      app: 'node infra/app.ts',
      versionReporting: false,
      notices: false,
    });
    expect(cdk.context).toMatchObject({
      'cli-telemetry': false,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    });
  });
});
