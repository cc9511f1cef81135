import { dirname, join, relative } from 'node:path';
import type { Assets } from './assets.js';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, Resource>;
}

const assetPath = 'aws:asset:path';
const assetProperty = 'aws:asset:property';

/**
 * A template of the CDK as `sam package` takes it from a release: the code of every function is the path of its zip,
 * relative to the template, and what the CDK noted about its own asset is gone.
 * @param path Where the template lies in the release.
 * @param assembly The folder of the cloud assembly that it comes from.
 */
export function releasedTemplate(
  template: Template,
  { path, assembly, assets }: { path: string; assembly: string; assets: Assets },
): Template {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => {
      const folder = resource.Metadata?.[assetPath];
      if (typeof folder !== 'string') return [id, resource];
      if (resource.Type !== 'AWS::Lambda::Function' || resource.Metadata?.[assetProperty] !== 'Code')
        throw new Error(`${id} (${resource.Type}) has an asset that no release knows how to carry.`);
      return [id, withCode(resource, fromTemplate(path, assets.add(join(assembly, folder))))];
    }),
  );
  return { ...template, Resources };
}

function withCode(resource: Resource, Code: string): Resource {
  const kept = Object.entries(resource.Metadata ?? {}).filter(([key]) => !key.startsWith('aws:asset:'));
  return {
    ...resource,
    Properties: { ...resource.Properties, Code },
    Metadata: Object.fromEntries(kept),
  };
}

/** The sandbox's own template: SAM's YAML, whose functions name the folders of their bundles. */
export function releasedSandbox(
  yaml: string,
  { path, folder, assets }: { path: string; folder: string; assets: Assets },
): string {
  return yaml.replace(
    /^(\s*CodeUri: )(\S+)$/gm,
    (_, key: string, code: string) => key + fromTemplate(path, assets.add(join(folder, code))),
  );
}

const fromTemplate = (template: string, asset: string) => relative(dirname(template), asset);
