/**
 * The CDK app. `cdk synth -c config=FILE` renders another config than ./sluice.config.ts, and
 * `-c prefix=NAME` under other names.
 * `-c stage=dev` another stage than prod. `-c key=own` encrypts with a key of the stack's own.
 */
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { invariant } from '../shared/kernel/invariant.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { configFile, loadCheckedConfig, withPrefix } from './checked-config.ts';
import { addSluice } from './deployment.ts';
import { parseStageName, stages } from './stages.ts';

const app = new App();
const config = withPrefix(
  await loadCheckedConfig(configFile(app.node.tryGetContext('config'))),
  app.node.tryGetContext('prefix'),
);
const bundles = await bundleFunctions({ config });
addSluice(app, {
  config,
  stage: stages[parseStageName(app.node.tryGetContext('stage'))],
  ownKey: parseKeyName(app.node.tryGetContext('key')) === 'own',
  codeFor(name) {
    const bundle = bundles.get(name);
    invariant(bundle !== undefined, `${name} is not among the bundles of the config`);
    return Code.fromAsset(bundle.folder);
  },
});

function parseKeyName(named: unknown): 'own' | 'aws' {
  const name = named ?? 'aws';
  invariant(name === 'own' || name === 'aws', `there is no key "${name}": aws, own`);
  return name;
}
