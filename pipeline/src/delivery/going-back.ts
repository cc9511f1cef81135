/**
 * How an engine that replays a stage tells the gates that a release comes back which it has let in before: CodePipeline,
 * when it rolls a stage back. GitHub and GitLab replay nothing; they have jobs that run `pnpm rollback`.
 */
export const goesBackVariable = 'SHIPLINE_GOES_BACK';

export const goesBack = (variables: Readonly<Record<string, string | undefined>> = process.env) =>
  variables[goesBackVariable] === 'true';
