import { Document } from 'yaml';

const renderedBy = ` The road to prod of pipeline/src/delivery.ts, as this engine runs it. Do not edit: change the definition and
 render it by \`pnpm run pipeline render\`; a stale file fails \`pnpm lint\` and the tests.`;

/** A YAML document that says where it comes from, without anchors: not every reader of these files knows them. */
export function renderedDocument(value: object): Document {
  const document = new Document(value, { aliasDuplicateObjects: false });
  document.commentBefore = renderedBy;
  return document;
}

/** Commands stay on one line, as they are typed. */
export const textOf = (document: Document) => document.toString({ lineWidth: 0 });
