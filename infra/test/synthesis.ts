import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildApp, type ShiplineApp } from '../src/app.js';
import { type Environment, type EnvironmentName, environmentNames } from '../src/environment.js';
import { environment, placeholderInputs } from '../src/environments.js';
import { type StackId, stackIds } from '../src/names.js';
import type { Template } from './template.js';

export interface Synthesis extends ShiplineApp {
  readonly environment: Environment;
  /** Every file of the cloud assembly, by its name. */
  readonly files: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<StackId, Template>>;
}

/** Every function is this one: templates are tested without building the services. */
export const fixtureBundle = resolve(import.meta.dirname, 'fixtures/function');

/** Synthesizes an environment anew, with placeholder accounts. */
export function synthesize(data: Environment): Synthesis {
  const directory = mkdtempSync(join(tmpdir(), 'shipline-infra-'));
  const built = buildApp(data, { outdir: directory, bundles: () => fixtureBundle });
  built.app.synth();
  const files = filesOf(directory);
  rmSync(directory, { recursive: true });
  const read = (id: StackId) => JSON.parse(files[built.stacks[id].templateFile] ?? '') as Template;
  const templates = Object.fromEntries(stackIds.map((id) => [id, read(id)])) as Record<StackId, Template>;
  return { ...built, environment: data, files, templates };
}

const filesOf = (directory: string) =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(directory, name)).isFile())
      .toSorted()
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );

const known = new Map<EnvironmentName, Synthesis>();

/** The synthesis of an environment, made once for all test files. */
export function synthesisOf(name: EnvironmentName): Synthesis {
  const made = known.get(name) ?? synthesize(environment(name, placeholderInputs));
  known.set(name, made);
  return made;
}

/** Every template of every environment, with a title that names both. */
export const everyTemplate = () =>
  environmentNames.flatMap((name) =>
    stackIds.map((id) => [`${name} ${id}`, synthesisOf(name).templates[id]] as const),
  );
