import { CfnOutput, CfnParameter, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Force } from '../shared/force/force.ts';
import type { Calendars } from './calendars.ts';
import type { Deployment } from './deployment.ts';
import { Edge } from './edge.ts';
import { ServiceFunction } from './service-function.ts';
import { StaticFiles } from './static-files.ts';

/** Everything that answers a request: the API, the pages, the console, and the edge in front of both and of the calendars. */
export class Website extends Construct {
  readonly api: ServiceFunction;
  readonly site: ServiceFunction;
  readonly console: ServiceFunction;
  readonly httpApi: HttpApi;
  /** Without a slash at the end. */
  readonly origin: string;
  readonly #edge: Edge;

  constructor(scope: Construct, id: string, { deployment }: { deployment: Deployment }) {
    super(scope, id);
    const { force } = deployment;
    this.api = new ServiceFunction(this, 'Api', {
      name: 'api',
      force,
      does: 'The JSON API',
      // An import of a whole week; the HTTP API itself gives up after 30.
      timeoutSeconds: 29,
      memoryMegabytes: 1024,
    });
    this.site = new ServiceFunction(this, 'Site', {
      name: 'site',
      force,
      does: 'The pages',
      timeoutSeconds: 10,
      // One whole processor: what a page needs is loaded within the first request, and at 512 MB Lambda gives that
      // a third of one.
      memoryMegabytes: 1769,
    });
    this.console = new ServiceFunction(this, 'Console', {
      name: 'console',
      force,
      does: "The officers' console",
      // It imports, too.
      timeoutSeconds: 29,
      memoryMegabytes: 1024,
    });
    if (deployment.postcodesOrigin) this.site.set('POSTCODES_ORIGIN', deployment.postcodesOrigin);
    this.httpApi = this.#routes();
    // Unguessable, though no secret of anybody's: the random part of the stack's own id.
    const edgeProof = Fn.select(2, Fn.split('/', Stack.of(this).stackId));
    for (const fn of [this.api, this.site, this.console]) fn.set('EDGE_PROOF', edgeProof);
    const files = new StaticFiles(this, 'Files', { deployment });
    for (const fn of [this.site, this.console]) files.comeBefore(fn);
    this.#edge = new Edge(this, 'Edge', { deployment, api: this.httpApi, edgeProof });
    this.#edge.serveFiles(files.bucket);

    const scheme = new CfnParameter(Stack.of(this), 'SiteScheme', {
      default: 'https',
      allowedValues: ['https', 'http'],
    });
    const domain = deployment.domain ?? this.#edge.distribution.distributionDomainName;
    this.origin = `${scheme.valueAsString}://${domain}`;
    new CfnOutput(Stack.of(this), 'Site', { value: this.origin, description: 'The address of the site' });
    new CfnOutput(Stack.of(this), 'HttpApi', {
      value: this.httpApi.apiEndpoint,
      description: 'Behind the edge',
    });
  }

  publish(calendars: Calendars, force: Force): void {
    this.#edge.serveCalendars(calendars.bucket, force);
    new CfnOutput(Stack.of(this), 'CalendarBucket', { value: calendars.bucket.bucketName });
  }

  connectOrigin(fn: ServiceFunction): void {
    fn.set('SITE_ORIGIN', this.origin);
  }

  #routes(): HttpApi {
    const httpApi = new HttpApi(this, 'HttpApi', {
      description: 'Streetmeet: API and pages, behind the edge',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Site', this.site),
    });
    const toApi = new HttpLambdaIntegration('Api', this.api);
    for (const path of ['/api/{proxy+}', '/calendars/private/{proxy+}'])
      httpApi.addRoutes({ path, methods: [HttpMethod.ANY], integration: toApi });
    const toConsole = new HttpLambdaIntegration('Console', this.console);
    for (const path of ['/console', '/console/{proxy+}'])
      httpApi.addRoutes({ path, methods: [HttpMethod.ANY], integration: toConsole });
    new HttpStage(this, 'Stage', {
      httpApi,
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        // The route, never the path: a manage link is in the path. And no client address.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            status: '$context.status',
            milliseconds: '$context.responseLatency',
            bytes: '$context.responseLength',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    return httpApi;
  }
}
