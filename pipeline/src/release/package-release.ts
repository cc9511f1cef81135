import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Environment, stackName } from '@shipline/infra';
import { readAssembly } from '@shipline/tooling/deploy/assembly';
import { Assets } from './assets.js';
import { type Manifest, writeManifest } from './manifest.js';
import { releasedSandbox, releasedTemplate, type Template } from './templates.js';

/** What was built and synthesized, and of which commit. */
export interface Built {
  /** The repository that it was built in. */
  readonly root: string;
  readonly commit: string;
  readonly environments: readonly {
    readonly environment: Pick<Environment, 'name' | 'account' | 'gateway'>;
    /** Folder of its cloud assembly. */
    readonly assembly: string;
  }[];
}

/**
 * Makes a release's folder from what was built: templates, zips, site and manifest. What lay there before is replaced
 * at the very end, as a whole.
 */
export function packageRelease(built: Built, folder: string): Manifest {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}.`);
  try {
    const assets = new Assets(work);
    for (const environment of built.environments) addTemplates(work, built.root, environment, assets);
    addSite(work, built.root);
    const accounts = built.environments.map(({ environment: { name, account } }) => [name, account]);
    const manifest = writeManifest(work, { commit: built.commit, accounts: Object.fromEntries(accounts) });
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    return manifest;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function addTemplates(
  release: string,
  root: string,
  { environment, assembly }: Built['environments'][number],
  assets: Assets,
): void {
  const place = join('templates', environment.name);
  mkdirSync(join(release, place), { recursive: true });
  for (const stack of readAssembly(assembly)) {
    const path = join(place, `${stack.stackName}.template.json`);
    const template = releasedTemplate(stack.template as Template, { path, assembly, assets });
    writeFileSync(join(release, path), `${JSON.stringify(template, null, 1)}\n`);
  }
  if (environment.gateway.kind !== 'sandbox') return;
  const sandbox = join(root, 'services/payment-sandbox');
  const path = join(place, `${stackName(environment.name, 'payment-sandbox')}.template.yaml`);
  const yaml = readFileSync(join(sandbox, 'template.yaml'), 'utf8');
  writeFileSync(join(release, path), releasedSandbox(yaml, { path, folder: sandbox, assets }));
}

/** Keys as the site's bucket has them; `config.json` is an environment's own and comes from its stack. */
function addSite(release: string, root: string): void {
  cpSync(join(root, 'services/storefront/dist'), join(release, 'site'), { recursive: true });
  mkdirSync(join(release, 'site/api'), { recursive: true });
  for (const name of ['openapi.json', 'events.json'])
    cpSync(join(root, 'packages/contracts/dist', name), join(release, 'site/api', name));
}
