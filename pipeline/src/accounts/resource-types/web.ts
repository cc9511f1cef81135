import { everywhere, here, type Place } from '../places.js';
import { allow, type Statement } from '../statements.js';
import { accessLogs, actions, passes, type TypePermissions, tags } from './grants.js';

/** What people reach: APIs, the edge, who they are. */
export const webTypes: TypePermissions = {
  'AWS::ApiGateway::Account': rest,
  'AWS::ApiGatewayV2::Api': http,
  'AWS::ApiGatewayV2::Authorizer': http,
  'AWS::ApiGatewayV2::Integration': http,
  'AWS::ApiGatewayV2::Route': http,
  'AWS::ApiGatewayV2::Stage': (place) => [...http(), ...accessLogs(place)],
  'AWS::CloudFront::Distribution': edge(
    'Distribution',
    ['UpdateDistribution', 'GetDistributionConfig'],
    'distribution',
  ),
  'AWS::CloudFront::Function': edge(
    'Function',
    ['UpdateFunction', 'DescribeFunction', 'PublishFunction'],
    'function',
  ),
  'AWS::CloudFront::OriginAccessControl': edge(
    'OriginAccessControl',
    ['UpdateOriginAccessControl', 'GetOriginAccessControlConfig'],
    'origin-access-control',
  ),
  'AWS::CloudFront::ResponseHeadersPolicy': edge(
    'ResponseHeadersPolicy',
    ['UpdateResponseHeadersPolicy', 'GetResponseHeadersPolicyConfig'],
    'response-headers-policy',
  ),
  'AWS::Cognito::UserPool': (place) => [
    // A pool has no name in its ARN, and there is none before it is made.
    allow(['cognito-idp:CreateUserPool'], ['*']),
    ...pools(
      place,
      'DescribeUserPool',
      'UpdateUserPool',
      'DeleteUserPool',
      'GetUserPoolMfaConfig',
      'SetUserPoolMfaConfig',
    ),
    ...pools(place, ...tags, 'ListTagsForResource'),
  ],
  'AWS::Cognito::UserPoolClient': (place) =>
    pools(
      place,
      'CreateUserPoolClient',
      'DescribeUserPoolClient',
      'UpdateUserPoolClient',
      'DeleteUserPoolClient',
    ),
  'AWS::Cognito::UserPoolGroup': (place) =>
    pools(place, 'CreateGroup', 'GetGroup', 'UpdateGroup', 'DeleteGroup'),
};

function edge(what: string, more: readonly string[], path: string) {
  return (place: Place): Statement[] => [
    allow(actions('cloudfront', `Create${what}`, `Get${what}`, `Delete${what}`, ...more), [
      everywhere(place, 'cloudfront', `${path}/*`),
    ]),
    ...(what === 'Distribution'
      ? [
          allow(actions('cloudfront', ...tags, 'ListTagsForResource'), [
            everywhere(place, 'cloudfront', 'distribution/*'),
          ]),
        ]
      : []),
  ];
}

function http(): Statement[] {
  // Its actions are the verbs of HTTP, and its APIs have numbers for names.
  return [
    allow(actions('apigateway', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'), [
      'arn:aws:apigateway:us-east-1::/*',
    ]),
  ];
}

function pools(place: Place, ...names: string[]): Statement[] {
  return [allow(actions('cognito-idp', ...names), [here(place, 'cognito-idp', 'userpool/*')])];
}

function rest(place: Place): Statement[] {
  return [...http(), ...passes(place, 'apigateway.amazonaws.com')];
}
