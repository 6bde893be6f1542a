import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { invariant } from '../shared/kernel/invariant.ts';
import type { SluiceFunction } from './sluice-function.ts';
import type { Stage } from './stages.ts';

export interface RouteTable {
  readonly handledBy: SluiceFunction;
  /** `route` is a method and a path: `GET /jobs/{id}`. */
  readonly routes: readonly { readonly route: string; readonly open: boolean }[];
}

/** API Gateway developer guide, "Customize HTTP API access logs". No headers, no bodies. */
const loggedFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
  latencyMs: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
} as const;

export interface HttpInterfaceProps {
  readonly prefix: string;
  readonly routes: readonly RouteTable[];
  readonly stage: Stage;
}

/** The HTTP API. A route that is not open needs a request signed with an IAM identity. */
export class HttpInterface extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { prefix, routes, stage }: HttpInterfaceProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', { apiName: prefix, createDefaultStage: false });
    const httpStage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: stage.httpThrottle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.#createAccessLog(prefix, stage)),
        format: AccessLogFormat.custom(JSON.stringify(loggedFields)),
      },
    });
    this.url = httpStage.url;
    for (const table of routes) addRoutes(api, table);
  }

  #createAccessLog(prefix: string, { logRetention }: Stage): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${prefix}-http`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

function addRoutes(api: HttpApi, { handledBy, routes }: RouteTable): void {
  const integration = new HttpLambdaIntegration(handledBy.label, handledBy.function);
  const signed = new HttpIamAuthorizer();
  const anybody = new HttpNoneAuthorizer();
  for (const { route, open } of routes) {
    const added = api.addRoutes({
      ...splitRoute(route),
      integration,
      authorizer: open ? anybody : signed,
    });
    if (open) acknowledgeOpen(added);
  }
}

function splitRoute(route: string): { readonly path: string; readonly methods: HttpMethod[] } {
  const [name, path] = route.split(' ');
  const method = Object.values(HttpMethod).find((it) => it === name);
  invariant(method !== undefined && path !== undefined, `"${route}" is not a method and a path`);
  return { path, methods: [method] };
}

function acknowledgeOpen(routes: readonly Construct[]): void {
  for (const route of routes) {
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Open by its contract: the handler verifies a signature, or tells nothing but health.',
    });
  }
}
