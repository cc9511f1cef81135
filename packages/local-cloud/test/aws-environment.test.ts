import { expect, test } from 'vitest';
import { adoptLocalAws, localAwsEnvironment, localProcessEnvironment } from '../src/aws-environment.js';

const aws = { port: 4566, account: '100000000001' };
const host = {
  PATH: '/usr/bin',
  HOME: '/home/ada',
  AWS_PROFILE: 'prod',
  AWS_SESSION_TOKEN: 'real',
  AWS_ENDPOINT_URL_S3: 'https://elsewhere',
  AWS_CONFIG_FILE: '/home/ada/.aws/config',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://metadata',
  CDK_DEFAULT_ACCOUNT: '999999999999',
  NO_PROXY: 'intranet',
};

test('points every tool at the local endpoint and account', () => {
  expect(localAwsEnvironment(aws)).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ACCESS_KEY_ID: '100000000001',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  });
});

test('keeps the host environment but none of its AWS settings', () => {
  const env = localProcessEnvironment(aws, host);

  expect(env).toEqual({
    PATH: '/usr/bin',
    HOME: '/home/ada',
    NO_PROXY: 'intranet,127.0.0.1,localhost',
    no_proxy: 'intranet,127.0.0.1,localhost',
    ...localAwsEnvironment(aws),
  });
});

test('shuts out the profiles in the home directory', () => {
  expect(localProcessEnvironment(aws, host)).toMatchObject({
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

test('changes a given environment in place, credentials of the host removed', () => {
  const target: NodeJS.ProcessEnv = { ...host };

  adoptLocalAws(aws, target);

  expect(target).toEqual(localProcessEnvironment(aws, host));
});
