import type { Endpoint } from '@shipline/contracts';
import { CfnStage, HttpApi, HttpMethod, type HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { ThrottleClass } from '../environment.js';
import { accept } from '../nag.js';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import type { ServiceFunction } from './service-function.js';
import { ServiceLogs } from './service-logs.js';

/** What is needed of an endpoint's contract. */
export type RouteContract = Pick<Endpoint, 'method' | 'path' | 'auth'>;

export interface ServiceApiProps {
  readonly handler: ServiceFunction;
  /** Every route that the service answers; anything else is API Gateway's own 404. */
  readonly routes: readonly RouteContract[];
  /** Routes that do not share the limit of their method. */
  readonly throttleClass?: Readonly<Record<string, ThrottleClass>>;
}

const routeKey = ({ method, path }: RouteContract) => `${method} ${path}`;

/**
 * One HTTP API per service: explicit routes, a limit per route, access logs without paths (a guest's cart has its
 * secret in there), and Cognito's access token where a contract asks for a customer.
 */
export class ServiceApi extends Construct {
  readonly api: HttpApi;
  /** Where CloudFront finds it. */
  readonly host: string;

  constructor(scope: Construct, { handler, routes, throttleClass = {} }: ServiceApiProps) {
    super(scope, 'Api');
    const stack = ShiplineStack.of(this);
    const { service } = handler.props;
    if (service === 'platform') throw new Error('Only services have an API.');
    const apiName = physicalName(stack.environmentData.name, service);
    this.api = new HttpApi(this, 'Http', { apiName, createDefaultStage: false });
    const added = this.addRoutes(handler, routes);
    this.addStage(routes, added, throttleClass, `/aws/vendedlogs/${apiName}-api`);
    this.host = `${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`;
    stack.publish(stack.names.apiHost(service), this.host);
    stack.output('ApiHost', this.host);
  }

  private addRoutes(handler: ServiceFunction, routes: readonly RouteContract[]): HttpRoute[] {
    // One permission for the whole API: all of its routes lead to this function anyway.
    const integration = new HttpLambdaIntegration('Live', handler.alias, { scopePermissionToRoute: false });
    const customers = routes.some(({ auth }) => auth === 'customer') ? this.customers() : undefined;
    return routes.flatMap((route) => {
      const authorizer = route.auth === 'customer' ? customers : undefined;
      const added = this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration,
        ...(authorizer && { authorizer }),
      });
      if (!authorizer) for (const one of added) this.acceptPublic(one);
      return added;
    });
  }

  /** Accepts Cognito access tokens of the shop's own client. */
  private customers(): HttpJwtAuthorizer {
    const stack = ShiplineStack.of(this);
    const pool = stack.read(stack.names.userPoolId);
    const issuer = `https://cognito-idp.${stack.region}.${stack.urlSuffix}/${pool}`;
    const jwtAudience = [stack.read(stack.names.userPoolClientId)];
    return new HttpJwtAuthorizer('Customers', issuer, { jwtAudience });
  }

  private acceptPublic(route: HttpRoute): void {
    accept(route, {
      'AwsSolutions-APIG4': 'The contract makes this route public: whoever calls it needs no account.',
    });
  }

  private addStage(
    routes: readonly RouteContract[],
    added: readonly HttpRoute[],
    throttleClass: Readonly<Record<string, ThrottleClass>>,
    logGroupName: string,
  ): void {
    const { throttling } = ShiplineStack.of(this).environmentData;
    const settings = routes.map((route) => {
      const key = routeKey(route);
      const { rate, burst } = throttling[throttleClass[key] ?? (route.method === 'GET' ? 'read' : 'write')];
      return [key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }] as const;
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: throttling.write.rate,
        throttlingBurstLimit: throttling.write.burst,
      },
      routeSettings: Object.fromEntries(settings),
      accessLogSettings: {
        destinationArn: new ServiceLogs(this, 'AccessLogs', logGroupName).logGroupArn,
        format: accessLogFormat,
      },
    });
    // A route must exist before its settings do.
    for (const route of added) stage.node.addDependency(route);
  }
}

const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  sourceIp: '$context.identity.sourceIp',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
});
