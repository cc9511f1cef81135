/** Where releases are kept, so that an environment can go back to one. A release never changes once it is there. */
export interface ReleaseStore {
  /** Copies a release there; one that is there already stays as it is. */
  keep(release: string, folder: string): Promise<void>;
  /**
   * Copies a release into a folder that does not exist yet.
   * @throws {ReleaseNotKept} when the store does not have it.
   */
  fetch(release: string, folder: string): Promise<void>;
  /** Ids of all that are kept, in alphabetical order. */
  list(): Promise<string[]>;
}

/** The store has no such release. */
export class ReleaseNotKept extends Error {
  override readonly name = 'ReleaseNotKept';
  constructor(release: string, kept: readonly string[]) {
    super(
      kept.length > 0
        ? `There is no release ${release}; kept are ${kept.join(', ')}.`
        : `There is no release ${release}: none is kept yet, the gate \`deploy\` keeps each that it deploys.`,
    );
  }
}
