import parser from '@babel/eslint-parser';
import security from 'eslint-plugin-security';

/**
 * Static analysis for security only (`pnpm gate static-analysis`); style, types and everything else is Biome's and
 * TypeScript's. Babel parses, as it needs no TypeScript of its own.
 */
const languageOptions = (plugins) => ({
  parser,
  parserOptions: { requireConfigFile: false, babelOptions: { parserOpts: { plugins } } },
});

const rules = {
  ...Object.fromEntries(Object.keys(security.rules).map((name) => [`security/${name}`, 'error'])),
  // Every `record[key]` is a finding of it; TypeScript says which keys there can be.
  'security/detect-object-injection': 'off',
};

export default [
  {
    ignores: [
      '**/dist/**',
      '**/cdk.out/**',
      '**/node_modules/**',
      '.shipline/**',
      '**/.turbo/**',
      '.aws-sam/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { security }, rules },
  { files: ['**/*.ts', '**/*.mts'], languageOptions: languageOptions(['typescript']) },
  { files: ['**/*.tsx'], languageOptions: languageOptions(['typescript', 'jsx']) },
  {
    // Programs of the build and tests read the files that they are told to and start the programs that they name:
    // nobody from outside speaks to them.
    files: [
      '{infra,pipeline,tests,tooling}/**',
      'packages/{local-cloud,testing}/**',
      '**/test/**',
      '**/{build,vite.config,vitest.config}.ts',
    ],
    rules: {
      'security/detect-non-literal-fs-filename': 'off',
      'security/detect-child-process': 'off',
      'security/detect-non-literal-regexp': 'off',
      'security/detect-non-literal-require': 'off',
    },
  },
];
