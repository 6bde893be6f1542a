/** The CDK app. `cdk synth -c config=FILE` renders another config than ./sluice.config.ts. */
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from './bundle-functions.ts';
import { configFile, loadCheckedConfig } from './checked-config.ts';
import { addSluice } from './deployment.ts';

const app = new App();
const config = await loadCheckedConfig(configFile(app.node.tryGetContext('config')));
const bundles = await bundleFunctions({ config });
addSluice(app, { config, codeFor: (name) => Code.fromAsset(bundles[name].folder) });
