import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MetricName, metricNamespace, metrics, metricsOf } from '@shipline/contracts/metrics';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { services } from '../src/names.js';
import { everyTemplate, synthesisOf } from './synthesis.js';
import { ofType, propertiesOf, type Template } from './template.js';

const repository = resolve(import.meta.dirname, '../..');

/** A template's dashboards by name, each as the text of its body. */
const dashboardsOf = (template: Template): Record<string, string> =>
  Object.fromEntries(
    ofType(template, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) => [
      String(Properties?.['DashboardName']),
      textOf(Properties?.['DashboardBody']),
    ]),
  );

/** A text with what is known only at the deployment left out. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = value as { 'Fn::Join': [string, unknown[]] };
  return join[1].map((part) => (typeof part === 'string' ? part : '?')).join(join[0]);
}

/** Names of the shop's own metrics that a dashboard shows, with the service and the other dimension. */
function shownMetrics(body: string): string[] {
  const drawn = body.matchAll(new RegExp(`\\["${metricNamespace}","(\\w+)","service","([\\w-]+)"`, 'g'));
  const searched = body.matchAll(
    new RegExp(`{${metricNamespace},service,(\\w+)} MetricName=\\\\"(\\w+)\\\\" service=\\\\"([\\w-]+)`, 'g'),
  );
  return [
    ...[...drawn].map(([, name, service]) => `${name} of ${service}`),
    ...[...searched].map(([, dimension, name, service]) => `${name} of ${service} by ${dimension}`),
  ];
}

/** The same of alarms, alone or in metric math. */
const alarmedMetrics = (template: Template): string[] =>
  propertiesOf(template, 'AWS::CloudWatch::Alarm')
    .flatMap((alarm) => [
      alarm,
      ...((alarm['Metrics'] as { MetricStat?: { Metric: object } }[] | undefined) ?? []).map(
        ({ MetricStat }) => MetricStat?.Metric,
      ),
    ])
    .filter((metric) => (metric as { Namespace?: string } | undefined)?.Namespace === metricNamespace)
    .map((metric) => {
      const { MetricName, Dimensions } = metric as { MetricName: string; Dimensions: { Value: string }[] };
      return `${MetricName} of ${Dimensions.map(({ Value }) => Value).join()}`;
    });

/** What a metric may be asked for, by its contract. */
function contractOf(name: MetricName, service: string): string {
  const contract = metrics[name];
  return `${name} of ${service}${'dimension' in contract ? ` by ${contract.dimension}` : ''}`;
}
const known = new Set(
  (Object.keys(metrics) as MetricName[]).flatMap((name) => {
    const { service } = metrics[name];
    return (service === 'every' ? services : [service]).map((emitting) => contractOf(name, emitting));
  }),
);

/** Source files that measure a metric, of whoever its contract says emits it. */
function sourcesOf(name: string, service: string): string[] {
  const folder = join(
    repository,
    service === 'every' ? 'packages/lambda-kit/src' : `services/${service}/src`,
  );
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && readFileSync(join(folder, file), 'utf8').includes(`'${name}'`),
  );
}

describe('a metric of the shop', () => {
  it.each(Object.entries(metrics))(
    '%s is measured by the service that its contract names',
    (name, { service }) => {
      expect(sourcesOf(name, service)).not.toEqual([]);
    },
  );

  it('that nobody measures, or another service, is found', () => {
    expect(sourcesOf('OrdersImagined', 'orders')).toEqual([]);
    expect(sourcesOf('OrdersPlaced', 'cart')).toEqual([]);
  });

  it('is on a dashboard or in an alarm only as its contract has it', () => {
    const asked = everyTemplate().flatMap(([, template]) => [
      ...Object.values(dashboardsOf(template)).flatMap(shownMetrics),
      ...alarmedMetrics(template),
    ]);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((metric) => !known.has(metric))).toEqual([]);
  });

  it('is on a dashboard in prod, whichever it is', () => {
    const shown = new Set(
      services.flatMap((service) =>
        Object.values(dashboardsOf(synthesisOf('prod').templates[service])).flatMap(shownMetrics),
      ),
    );
    expect([...known].filter((metric) => !shown.has(metric))).toEqual([]);
  });
});

describe.each(environmentNames)('the dashboards of %s', (name) => {
  const { templates, environment } = synthesisOf(name);

  it.each(services)('are those of its data, for %s', (service) => {
    const business = metricsOf(service).length > 0 ? ['business'] : [];
    const expected = ['technical', ...business].filter((kind) =>
      environment.dashboards.includes(kind as 'business'),
    );
    expect(Object.keys(dashboardsOf(templates[service])).toSorted()).toEqual(
      expected.map((kind) => `shipline-${name}-${service}-${kind}`).toSorted(),
    );
  });
});

describe.each(services)('the technical dashboard of %s', (service) => {
  const template = synthesisOf('prod').templates[service];
  const body = dashboardsOf(template)[`shipline-prod-${service}-technical`] ?? '';

  it('is JSON, and shows every function and queue of its stack', () => {
    const named = [
      ...propertiesOf(template, 'AWS::Lambda::Function').map(({ FunctionName }) => FunctionName),
      ...propertiesOf(template, 'AWS::SQS::Queue').map(({ QueueName }) => QueueName),
    ];
    const { widgets } = JSON.parse(body) as { widgets: { properties: { region: string; title: string } }[] };
    expect(named.filter((one) => !body.includes(`"${one}"`))).toEqual([]);
    expect(new Set(widgets.map(({ properties }) => properties.region))).toEqual(new Set(['us-east-1']));
    expect(widgets.map(({ properties }) => properties.title)).toEqual(
      expect.arrayContaining([
        'Cold starts',
        'Errors',
        'Duration, p99',
        'Throttles',
        'Concurrency',
        'Table: throttled',
      ]),
    );
  });
});

describe('the headline of the business dashboard', () => {
  const dashboards = dashboardsOf(synthesisOf('prod').templates.orders);
  const { widgets } = JSON.parse(dashboards['shipline-prod-orders-business'] ?? '') as {
    widgets: { properties: Record<string, unknown> }[];
  };
  const headline = widgets.map(({ properties }) => properties).filter(({ view }) => view === 'singleValue');

  it('is of the last day in each of its numbers, whatever range the dashboard shows', () => {
    expect(headline).toHaveLength(3);
    for (const { start, period, setPeriodToTimeRange, metrics } of headline) {
      expect({ start, period, setPeriodToTimeRange }).toEqual({
        start: '-P1D',
        period: 86_400,
        setPeriodToTimeRange: true,
      });
      for (const metric of metrics as unknown[][]) expect(metric.at(-1)).toMatchObject({ period: 86_400 });
    }
    const searched = headline.flatMap(({ metrics }) => JSON.stringify(metrics).match(/'Sum', \d+\)/g) ?? []);
    expect(searched).toEqual(["'Sum', 86400)"]);
  });
});

describe('saved queries', () => {
  it.each(services)('read the logs that %s has, all of its functions’', (service) => {
    const template = synthesisOf('local').templates[service];
    const groups = propertiesOf(template, 'AWS::Logs::LogGroup').map(({ LogGroupName }) =>
      String(LogGroupName),
    );
    const queries = propertiesOf(template, 'AWS::Logs::QueryDefinition');
    const read = queries.flatMap(({ LogGroupNames }) => LogGroupNames as string[]);
    const apis = groups.filter((group) => group.endsWith('-api') && group.startsWith('/aws/vendedlogs/'));

    expect(read.filter((group) => !groups.includes(group))).toEqual([]);
    expect(groups.filter((group) => group.startsWith('/aws/lambda/') && !read.includes(group))).toEqual([]);
    expect(apis.filter((group) => !read.includes(group))).toEqual([]);
    expect(queries.map(({ Name }) => String(Name).split('/').at(-1))).toEqual(
      expect.arrayContaining(['errors-by-message', 'slowest-invocations', 'one-order', 'cold-starts']),
    );
  });
});
