import { App } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { addSluice } from '../../infra/deployment.ts';
import { type StageName, stages } from '../../infra/stages.ts';
import { appContext, exampleConfig, stubCode } from './rendered.ts';

const deploy = (stage: StageName = 'prod', ownKey = false) => {
  const app = new App({ context: appContext });
  return {
    app,
    stack: addSluice(app, {
      config: exampleConfig,
      codeFor: stubCode,
      stage: stages[stage],
      ownKey,
    }),
  };
};

/** The first check of a process loads every rule there is. */
beforeAll(() => {
  deploy().app.synth();
}, 120_000);

describe('S14 the deployment', () => {
  it('passes every check of cdk-nag and of CDK itself', () => {
    const { app } = deploy();
    expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  it('passes them as a dev stage too, whose gaps are acknowledged with reasons', () => {
    expect(() => deploy('dev').app.synth()).not.toThrow();
  });

  it('passes them with a key of its own', () => {
    expect(() => deploy('prod', true).app.synth()).not.toThrow();
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
