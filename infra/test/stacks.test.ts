import { endpoints } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { physicalName, services, stackIds, stackName } from '../src/names.js';
import { synthesisOf } from './synthesis.js';
import { ofType, propertiesOf as properties, references } from './template.js';

describe.each(environmentNames)('environment %s', (name) => {
  const { templates, environment } = synthesisOf(name);
  const all = Object.values(templates);

  it('has 14 stacks, named after it, and protected where losing state is losing business', () => {
    const { stacks } = synthesisOf(name);
    const made = Object.values(stacks).map((stack) => stack.stackName);
    expect(made).toEqual(stackIds.map((id) => stackName(name, id)));
    expect(made).toHaveLength(14);
    for (const stack of Object.values(stacks))
      expect(stack.terminationProtection).toBe(environment.protectsState);
  });

  it('keeps tables and the user pool restorable, and undeletable where state lives', () => {
    const policy = environment.protectsState ? 'Retain' : 'Delete';
    const tables = all.flatMap((template) => ofType(template, 'AWS::DynamoDB::Table'));
    expect(tables).toHaveLength(services.length);
    for (const [, table] of tables) {
      expect(table.DeletionPolicy).toBe(policy);
      expect(table.UpdateReplacePolicy).toBe(policy);
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: environment.protectsState,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
    const [[, pool] = []] = ofType(templates.platform, 'AWS::Cognito::UserPool');
    expect(pool?.DeletionPolicy).toBe(policy);
    expect(pool?.Properties?.['DeletionProtection']).toBe(environment.protectsState ? 'ACTIVE' : 'INACTIVE');
  });

  it('runs every function on Node 24, traced, behind an alias, with a name that SAM can show', () => {
    const functions = all.flatMap((template) =>
      ofType(template, 'AWS::Lambda::Function').map(([id, fn]) => ({ id, fn, template })),
    );
    expect(functions.length).toBeGreaterThanOrEqual(30);
    for (const { id, fn, template } of functions) {
      expect(id).toMatch(
        /^(Platform|Catalog|Inventory|Cart|Orders|Payments|Notifications)[A-Za-z]+Function$/,
      );
      expect(fn.Metadata?.['SkipBuild']).toBe(true);
      expect(fn.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      const versions = ofType(template, 'AWS::Lambda::Version').filter(([, version]) =>
        references(version.Properties?.['FunctionName']).includes(id),
      );
      const aliases = ofType(template, 'AWS::Lambda::Alias').filter(([, alias]) =>
        references(alias.Properties?.['FunctionVersion']).includes(versions[0]?.[0] ?? ''),
      );
      expect(aliases.map(([, alias]) => alias.Properties?.['Name'])).toEqual(['live']);
    }
  });

  it('publishes a new version when CloudFormation fills another value into a variable', () => {
    const published = all.flatMap((template) =>
      ofType(template, 'AWS::Lambda::Version').map(([id, { Properties = {} }]) => {
        const fn = template.Resources[references(Properties['FunctionName'])[0] ?? ''];
        const variables = references(fn?.Properties?.['Environment']);
        return { id, variables, described: references(Properties['Description']) };
      }),
    );
    expect(published.filter(({ variables }) => variables.length > 0).length).toBeGreaterThanOrEqual(30);
    for (const { id, variables, described } of published)
      expect(new Set(described), id).toEqual(new Set(variables));
  });

  it('answers exactly the routes of the contracts, with a token where a customer is asked for', () => {
    const routes = services.flatMap((service) =>
      properties(templates[service], 'AWS::ApiGatewayV2::Route').map((route) => ({
        service,
        key: route['RouteKey'],
        auth: route['AuthorizationType'],
      })),
    );
    const contracted = Object.values(endpoints).map(({ service, method, path, auth }) => ({
      service,
      key: `${method} ${path}`,
      auth: auth === 'customer' ? 'JWT' : 'NONE',
    }));
    const byKey = (a: { key: unknown }, b: { key: unknown }) => String(a.key).localeCompare(String(b.key));
    expect(routes.toSorted(byKey)).toEqual(contracted.toSorted(byKey));
  });

  it('limits every route on its own', () => {
    for (const service of services) {
      const keys = properties(templates[service], 'AWS::ApiGatewayV2::Route').map(
        (route) => route['RouteKey'],
      );
      const stages = properties(templates[service], 'AWS::ApiGatewayV2::Stage');
      expect(stages.flatMap((stage) => Object.keys(stage['RouteSettings'] as object))).toEqual(keys);
    }
  });

  it('reserves concurrency for exactly the functions that its data names', () => {
    const reserved = all.flatMap((template) =>
      properties(template, 'AWS::Lambda::Function')
        .filter((fn) => fn['ReservedConcurrentExecutions'] !== undefined)
        .map((fn) => fn['FunctionName']),
    );
    const named = Object.keys(environment.functions.reservedConcurrency);
    expect(reserved.toSorted()).toEqual(named.map((key) => physicalName(name, ...key.split('/'))).toSorted());
  });

  it('keeps exactly the functions warm that its data names, and outside prod none', () => {
    const warm = all.flatMap((template) =>
      ofType(template, 'AWS::Lambda::Alias').flatMap(([, { Properties }]) => {
        const config = Properties?.['ProvisionedConcurrencyConfig'] as
          | { ProvisionedConcurrentExecutions: number }
          | undefined;
        const fn = template.Resources[references(Properties?.['FunctionName'])[0] ?? ''];
        return config ? [[fn?.Properties?.['FunctionName'], config.ProvisionedConcurrentExecutions]] : [];
      }),
    );
    const named = Object.entries(environment.functions.provisionedConcurrency);
    expect(Object.fromEntries(warm)).toEqual(
      Object.fromEntries(named.map(([key, count]) => [physicalName(name, ...key.split('/')), count])),
    );
    if (name !== 'prod') expect(named).toEqual([]);
  });

  it('confirms sign-ups by itself only where its data says so', () => {
    const triggers = ofType(templates.platform, 'AWS::Lambda::Function').length;
    expect(triggers).toBe(environment.signUpConfirmation === 'automatic' ? 1 : 0);
  });
});

describe('mail', () => {
  it('goes out two messages at a time, so that a burst waits instead of failing', () => {
    const sources = properties(
      synthesisOf('prod').templates.notifications,
      'AWS::Lambda::EventSourceMapping',
    );
    expect(sources.map(({ ScalingConfig }) => ScalingConfig)).toEqual(
      Array(3).fill({ MaximumConcurrency: 2 }),
    );
  });
});

describe('the gateway', () => {
  const gatewayUrls = (name: 'local' | 'prod' | 'dev') =>
    new Set(
      properties(synthesisOf(name).templates.payments, 'AWS::Lambda::Function').flatMap(({ Environment }) => {
        const { Variables } = Environment as { Variables: Record<string, unknown> };
        return Variables['GATEWAY_URL'] ? JSON.stringify(Variables['GATEWAY_URL']) : [];
      }),
    );

  it('is Stripe in prod, the sandbox elsewhere', () => {
    expect([...gatewayUrls('prod')]).toEqual(['"https://api.stripe.com"']);
    expect([...gatewayUrls('local')]).toEqual(['"http://127.0.0.1:4568"']);
    expect([...gatewayUrls('dev')]).toEqual(['{"Ref":"PaymentSandboxUrlValue"}']);
  });

  it('has no key in any template', () => {
    const text = environmentNames.map((name) => JSON.stringify(synthesisOf(name).templates)).join();
    expect(text).not.toMatch(/sk_(live|test)_|whsec_/);
  });
});
