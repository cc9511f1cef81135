import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { services } from '../src/names.js';
import { synthesisOf } from './synthesis.js';
import { identityStatements, listOf, ofType, type Template } from './template.js';

const repository = resolve(import.meta.dirname, '../..');

const filesBelow = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name))
    : [];

/** What DynamoDB is asked to do by a source file: commands, and the parts of transactions. */
function usedActions(source: string): string[] {
  const commands = source.matchAll(/\b(Get|Put|Update|Delete|BatchGet|Scan)Command\(/g);
  const parts = source.matchAll(/\{\s*(Put|Update|Delete|ConditionCheck):/g);
  return [
    ...[...commands, ...parts].map(([, name]) => `dynamodb:${name}Item`.replace('ScanItem', 'Scan')),
    ...(/\bQueryCommand\(|\bpaginateQuery\(/.test(source) ? ['dynamodb:Query'] : []),
  ];
}

/** What a stack's functions may do with items. */
const grantedActions = (template: Template) =>
  identityStatements(template)
    .flatMap(([, { Action }]) => listOf(Action))
    .filter((action) => /^dynamodb:(\w+Item|Query|Scan)$/.test(action));

const sorted = (values: readonly string[]) => [...new Set(values)].toSorted();

// A service without functions cannot be synthesized at all: its bundles are missing.
const built = services.filter((service) => existsSync(join(repository, `services/${service}/src/functions`)));

describe.each(built)('the stack of %s', (service) => {
  const { templates } = synthesisOf('local');
  const folder = join(repository, `services/${service}/src`);

  it('deploys every function of the service, and no other', () => {
    const written = filesBelow(join(folder, 'functions')).map((file) => basename(file, '.ts'));
    const deployed = ofType(templates[service], 'AWS::Lambda::Function').map(([, { Properties }]) =>
      String(Properties?.['FunctionName']).replace(`shipline-local-${service}-`, ''),
    );
    expect(sorted(deployed)).toEqual(sorted(written));
  });

  it('grants what the adapters ask of DynamoDB, and nothing else', () => {
    const used = filesBelow(join(folder, 'adapters')).flatMap((file) =>
      usedActions(readFileSync(file, 'utf8')),
    );
    expect(sorted(grantedActions(templates[service]))).toEqual(sorted(used));
  });
});

describe('a planted violation', () => {
  it('is seen: a scan, and a deletion in a transaction', () => {
    const source = 'client.send(new ScanCommand({})); const items = [{ Delete: { Key } }];';
    expect(usedActions(source)).toEqual(['dynamodb:Scan', 'dynamodb:DeleteItem']);
  });
});
