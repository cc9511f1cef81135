import { parse } from 'yaml';

/**
 * A deployed template. The CDK writes JSON, and SAM YAML with every function in its long form (`Fn::GetAtt`, not
 * `!GetAtt`); YAML takes JSON, too. What does not parse was deployed by another tool: undefined.
 */
export function parsedTemplate(template: string): unknown {
  try {
    return template.startsWith('{') ? JSON.parse(template) : parse(template, { logLevel: 'error' });
  } catch {
    return undefined;
  }
}
