import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { SiteBucket } from '../constructs/site-bucket.js';
import { contentSecurityPolicy } from '../edge/security-headers.js';
import { gatewayOf } from '../gateway.js';
import { accept } from '../nag.js';
import { physicalName, type ServiceName } from '../names.js';
import { type Deployment, ShiplineStack } from '../shipline-stack.js';

/** Which service answers which paths; `/api/openapi.json` and everything else is a file of the site. */
export const apiPaths: Readonly<Record<string, ServiceName>> = {
  '/api/products*': 'catalog',
  '/api/availability*': 'inventory',
  '/api/cart*': 'cart',
  '/api/guest-carts*': 'cart',
  '/api/orders*': 'orders',
  '/api/payments/*': 'payments',
};

const viewerRequestFile = resolve(import.meta.dirname, '../edge/site-request.js');

/** The shop's front door. */
export class EdgeStack extends ShiplineStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'edge', 'Shipline: the front door and the site');
    const site = new SiteBucket(this);
    const distribution = this.distribution(site);
    const shopUrl = this.environmentData.shopUrl ?? `https://${distribution.distributionDomainName}`;
    this.publish(this.names.shopUrl, shopUrl);
    this.output('StorefrontUrl', shopUrl);
    this.output('ApiUrl', `${shopUrl}/api`);
    this.output('DistributionDomainName', distribution.distributionDomainName);
    this.output('DistributionId', distribution.distributionId);
    this.output('SiteBucketName', site.bucketName);
    this.output('RuntimeConfig', this.runtimeConfig(), 'What the site’s /config.json has to say');
  }

  private distribution(site: IBucket): Distribution {
    const { name } = this.environmentData;
    const headers = this.securityHeaders();
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Shipline ${name}`,
      defaultRootObject: 'index.html',
      defaultBehavior: this.siteBehavior(site, headers),
      additionalBehaviors: this.apiBehaviors(),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    accept(distribution, {
      'AwsSolutions-CFR1': 'The shop sells to every country that its gateway takes cards from.',
      'AwsSolutions-CFR2':
        'Every route is throttled at its API; a web ACL has a fixed price that a clone decides on.',
      'AwsSolutions-CFR4':
        'The default certificate of cloudfront.net does not let us choose; a domain of one’s own does.',
      'AwsSolutions-CFR3':
        'Its log would keep paths, and a guest’s cart has its bearer token in the path; the APIs log requests without.',
    });
    return distribution;
  }

  private siteBehavior(site: IBucket, responseHeadersPolicy: ResponseHeadersPolicy): BehaviorOptions {
    const viewerRequest = new EdgeFunction(this, 'SiteRequest', {
      functionName: physicalName(this.environmentData.name, 'site-request'),
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(readFileSync(viewerRequestFile, 'utf8')),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(site),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy,
      functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  private apiBehaviors(): Record<string, BehaviorOptions> {
    const origins = new Map<ServiceName, HttpOrigin>();
    return Object.fromEntries(
      Object.entries(apiPaths).map(([path, service]) => {
        const origin = origins.get(service) ?? this.apiOrigin(service);
        origins.set(service, origin);
        return [path, { origin, ...apiBehavior }];
      }),
    );
  }

  private apiOrigin(service: ServiceName): HttpOrigin {
    return new HttpOrigin(this.read(this.names.apiHost(service)), {
      originId: service,
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(15),
    });
  }

  private securityHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      responseHeadersPolicyName: physicalName(this.environmentData.name, 'security-headers'),
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(this.environmentData, gatewayOf(this)),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }

  /** The storefront's `/config.json`, so that whoever uploads the site has only to copy it. */
  private runtimeConfig(): string {
    const { name, region, cognitoEndpoint, gateway } = this.environmentData;
    return this.toJsonString({
      environment: name,
      region,
      userPoolId: this.read(this.names.userPoolId),
      userPoolClientId: this.read(this.names.userPoolClientId),
      ...(cognitoEndpoint && { cognitoEndpoint }),
      gateway: { scriptUrl: gatewayOf(this).scriptUrl, publishableKey: gateway.publishableKey },
    });
  }
}

/** Replies of the services are nobody's to cache; they see everything of the viewer but its Host. */
const apiBehavior = {
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
  compress: false,
} as const;
