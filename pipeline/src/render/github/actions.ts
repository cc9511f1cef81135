/** Actions by commit: a tag can be moved by whoever owns the repository. The second word is the release. */
export const actions = {
  checkout: ['actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8', 'v5.0.0'],
  setupNode: ['actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444', 'v5.0.0'],
  setupPython: ['actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c', 'v6.0.0'],
  uploadArtifact: ['actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02', 'v4.6.2'],
  downloadArtifact: ['actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093', 'v4.3.0'],
  configureAws: ['aws-actions/configure-aws-credentials@a03048d87541d1d9fcf2ecf528a4a65ba9bd7838', 'v5.0.0'],
} as const satisfies Record<string, readonly [action: string, release: string]>;

export const releaseOf = (action: string): string | undefined =>
  Object.values(actions).find(([pinned]) => pinned === action)?.[1];
