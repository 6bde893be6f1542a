import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { deploymentName } from '../shared/config/prefix.ts';
import { SluiceStack, type SluiceStackProps } from './sluice-stack.ts';

/** Adds the stack and its checks: a finding without an acknowledged reason fails the synthesis. */
export function addSluice(
  app: App,
  props: Pick<SluiceStackProps, 'config' | 'codeFor' | 'stage' | 'ownKey'>,
): SluiceStack {
  const stack = new SluiceStack(app, deploymentName(props.config.prefix), {
    ...props,
    description: 'Sluice: endpoint-management jobs at exactly the rate each vendor allows',
  });
  Tags.of(app).add('application', 'sluice');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stack;
}
