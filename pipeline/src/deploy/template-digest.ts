/** Where a deployed template says which template of a release it was made from. */
const section = 'ShiplineRelease';

type Template = { readonly Metadata?: Readonly<Record<string, unknown>> };

/**
 * SAM names artifacts in its own way, so that a packaged template cannot be compared with a release's. The digest of
 * what it was made from goes with it: CloudFormation keeps a template's metadata and does not take it for a change.
 */
export const templateWithDigest = (template: unknown, digest: string): unknown => ({
  ...(template as Template),
  Metadata: { ...(template as Template).Metadata, [section]: { TemplateDigest: digest } },
});

/** The digest of the template that a deployed one was made from; undefined where another tool deployed it. */
export function digestIn(template: unknown): string | undefined {
  const found = (template as Template | undefined)?.Metadata?.[section] as
    | { TemplateDigest?: string }
    | undefined;
  return found?.TemplateDigest;
}
