import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Force } from '../shared/force/force.ts';
import { calendarAddresses } from './calendar-addresses.ts';
import type { Deployment } from './deployment.ts';
import { askAgain, edgeHeaders } from './edge-headers.ts';

/** The distribution: the one address residents, officers and calendar apps know. */
export class Edge extends Construct {
  readonly distribution: Distribution;
  readonly #headers: ReturnType<typeof edgeHeaders>;
  readonly #dynamic: BehaviorOptions;

  constructor(
    scope: Construct,
    id: string,
    { deployment, api, edgeProof }: { deployment: Deployment; api: HttpApi; edgeProof: string },
  ) {
    super(scope, id);
    this.#headers = edgeHeaders(this);
    this.#dynamic = {
      origin: new HttpOrigin(
        `${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`,
        {
          customHeaders: { 'streetmeet-edge': edgeProof },
        },
      ),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
      cachePolicy: this.#asTheAnswerSays(),
      originRequestPolicy: this.#whatPagesAsk(),
      responseHeadersPolicy: this.#headers.pages,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_RESPONSE, function: askAgain(this) }],
    };
    const { domain, certificateArn } = deployment;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Streetmeet ${deployment.env}`,
      defaultBehavior: this.#dynamic,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(domain &&
        certificateArn && {
          domainNames: [domain],
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
        }),
    });
  }

  /** Serves calendars from their bucket. CloudFront takes the first pattern that matches. */
  serveCalendars(bucket: Bucket, force: Force): void {
    // May list, so that a calendar that does not exist is 404 and not 403. No address leads to the list: `/` goes
    // to the site.
    Annotations.of(this.distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
    );
    const origin = S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const { origin: api, ...dynamic } = this.#dynamic;
    // What is not in the bucket is asked of the site, which knows the calendars on which nothing has been yet.
    const orQuiet = new OriginGroup({
      primaryOrigin: origin,
      fallbackOrigin: api,
      fallbackStatusCodes: [404],
    });
    this.distribution.addBehavior('/calendars/private/*', api, {
      ...dynamic,
      cachePolicy: CachePolicy.CACHING_DISABLED,
    });
    this.distribution.addBehavior('/calendars/*', orQuiet, {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      // The gzip twins replace CloudFront's own compression.
      compress: false,
      cachePolicy: new CachePolicy(this, 'CalendarCache', {
        comment: 'Calendars: as long as the object says, whatever else was asked',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.minutes(5),
        maxTtl: Duration.days(365),
      }),
      responseHeadersPolicy: this.#headers.calendars,
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, 'PreferGzip', {
            comment: 'Leads to the gzip twin of a calendar, and from ended districts to their successors',
            runtime: FunctionRuntime.JS_2_0,
            code: calendarAddresses(force),
          }),
        },
      ],
    });
  }

  /** Serves what pages need from its bucket, compressed here. Nobody who asks makes a difference. */
  serveFiles(bucket: Bucket): void {
    this.distribution.addBehavior('/assets/*', S3BucketOrigin.withOriginAccessControl(bucket), {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#headers.pages,
    });
  }

  /** The HTTP API sees the edge as its client; who is behind it the edge must say. */
  #whatPagesAsk(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'WhatPagesAsk', {
      comment: 'What pages and API read of a request, and where the viewer is',
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        'CloudFront-Viewer-Address',
        'Idempotency-Key',
        'Origin',
        'Referer',
        'Sec-Fetch-Site',
        'User-Agent',
      ),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.all(),
    });
  }

  /**
   * Keeps an answer only where its Cache-Control says so. Who asks is part of the key: an answer to one officer
   * can never be another's, even if a header is forgotten.
   */
  #asTheAnswerSays(): CachePolicy {
    return new CachePolicy(this, 'AnswerCache', {
      comment: 'Pages and API: only as long as the answer says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      headerBehavior: CacheHeaderBehavior.allowList('Authorization', 'Accept'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      cookieBehavior: CacheCookieBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }
}
