/** The CDK writes JSON. What does not parse was deployed by another tool: `sam package` writes YAML. */
export function parsedTemplate(template: string): unknown {
  try {
    return JSON.parse(template);
  } catch {
    return undefined;
  }
}
