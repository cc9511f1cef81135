import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

/**
 * Turns what browsers get from the sandbox into plain strings, dist/browser/documents.js, which the API's
 * bundle carries along: a Lambda of its own would be one more thing to deploy for two small files.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild wrote nothing for ${entry}`);
  return file.text.trim();
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The document allows exactly its own script and style, and speaks to its own origin only. */
function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const script = await bundle('card-frame.ts');
const css = readFileSync(here('card-frame.css'), 'utf8');
const { code: style } = await transform(css, { loader: 'css', minify: true });
const cardFrame = readFileSync(here('card-frame.html'), 'utf8')
  .replace('/* card-frame.css */', () => style)
  .replace('/* card-frame.js */', () => script);

const documents = {
  stripeScript: await bundle('stripe.ts'),
  cardFrame,
  cardFramePolicy: policyOf(script, style),
};
mkdirSync(here('../../dist/browser'), { recursive: true });
writeFileSync(
  here('../../dist/browser/documents.js'),
  Object.entries(documents)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`)
    .join(''),
);
