import type { Manifest } from './manifest.js';

export const provenanceName = 'provenance.json';

/** Which of the engines builds; each says so by variables of its own. */
export function builderOf(env: NodeJS.ProcessEnv): string {
  if (env['CODEBUILD_BUILD_ARN']) return 'codebuild';
  if (env['GITHUB_ACTIONS']) return 'github-actions';
  if (env['GITLAB_CI']) return 'gitlab-ci';
  return 'laptop';
}

/**
 * Where a release comes from: an in-toto statement (https://github.com/in-toto/attestation, Statement v1) with the
 * predicate of SLSA (https://slsa.dev/spec/v1.0/provenance). Without times and run numbers: one commit gives the same
 * bytes on the same engine. It is signed as part of the manifest.
 */
export function provenanceOf(
  { commit, accounts, files }: Pick<Manifest, 'commit' | 'accounts' | 'files'>,
  { lockfileSha256, builder }: { lockfileSha256: string; builder: string },
) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:shipline:gate:package:1',
        externalParameters: { commit, accounts },
        resolvedDependencies: [
          { name: 'source', digest: { gitCommit: commit } },
          { name: 'pnpm-lock.yaml', digest: { sha256: lockfileSha256 } },
        ],
      },
      runDetails: { builder: { id: `urn:shipline:builder:${builder}` } },
    },
  };
}
