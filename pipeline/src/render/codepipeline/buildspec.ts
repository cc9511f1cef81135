import { pipelineName } from '../../accounts/names.js';
import { goesBackVariable } from '../../delivery/going-back.js';
import { handedOn, manifestFile, planFile, planText, releaseFolder } from '../../delivery/handed-on.js';
import { digestOf, releaseCheck, takePlan } from '../commands.js';
import { renderedDocument, textOf } from '../rendered-document.js';

/** What CodePipeline calls the release that the jobs after the build are given. */
export const releaseArtifact = 'Release';
/** And the plan that people approve. */
export const planArtifact = 'Plan';

/** What the pipeline tells CodeBuild beside the digests that are handed on. */
export const jobVariables = {
  /** The command of the job's gates. */
  gates: 'SHIPLINE_GATES',
  /** The role of the environment that it works in; empty in the build. */
  role: 'SHIPLINE_ROLE_ARN',
  /** The execution of the pipeline that a job which deploys is part of; the others are not told. */
  execution: 'SHIPLINE_PIPELINE_EXECUTION',
} as const;

/** Where a person reads what the job has said. */
export const logLink = 'SHIPLINE_LOG_LINK';

/** What a job with an output hands on. */
const outputFolder = '.shipline/handed-on';

/** Nothing was handed on. */
const none = 'none';

/** `buildspec.yml`: what CodeBuild runs for every job, whatever its gates. */
export function renderBuildspec(): string {
  const document = renderedDocument({
    version: 0.2,
    env: {
      shell: 'bash',
      variables: { [handedOn.releaseDigest]: none, [handedOn.planDigest]: none },
      'exported-variables': [handedOn.releaseDigest, handedOn.planDigest, logLink],
    },
    phases: {
      install: { 'on-failure': 'ABORT', 'runtime-versions': { nodejs: 22, python: 3.12 } },
      pre_build: {
        'on-failure': 'ABORT',
        commands: [
          `export ${logLink}="$CODEBUILD_BUILD_URL"`,
          askDirection,
          assumeRole,
          takeRelease,
          takeApprovedPlan,
        ],
      },
      build: {
        'on-failure': 'ABORT',
        commands: [
          `eval "$${jobVariables.gates}"`,
          handOn(handedOn.releaseDigest, manifestFile, releaseFolder),
          handOn(handedOn.planDigest, planFile, planFile, planText),
        ],
      },
    },
    artifacts: { 'base-directory': outputFolder, files: ['**/*'] },
  });
  return textOf(document);
}

/** Asked of the tools account, before the environment's role is assumed. An answer that does not come ends the job. */
const askDirection = `if [ -n "$${jobVariables.execution}" ]; then
  execution_type=$(aws codepipeline get-pipeline-execution --pipeline-name ${pipelineName} --pipeline-execution-id "$${jobVariables.execution}" --query pipelineExecution.executionType --output text) || exit 1
  if [ "$execution_type" = ROLLBACK ]; then export ${goesBackVariable}=true; fi
fi
`;

/** The AWS SDKs and the SAM CLI assume the role by this profile, and again when its hour is over. */
const assumeRole = `if [ -n "$${jobVariables.role}" ]; then
  export AWS_CONFIG_FILE=/tmp/aws-config AWS_PROFILE=shipline
  printf '[profile shipline]\\nrole_arn=%s\\ncredential_source=EcsContainer\\nrole_session_name=shipline-%s\\n' "$${jobVariables.role}" "$CODEBUILD_BUILD_NUMBER" > "$AWS_CONFIG_FILE"
fi
`;

const takeRelease = `if [ -n "$CODEBUILD_SRC_DIR_${releaseArtifact}" ]; then
  mkdir -p .shipline && cp -R "$CODEBUILD_SRC_DIR_${releaseArtifact}" ${releaseFolder}
  ${releaseCheck}
fi
`;

const takeApprovedPlan = `if [ -n "$CODEBUILD_SRC_DIR_${planArtifact}" ]; then
  ${takePlan(`"$CODEBUILD_SRC_DIR_${planArtifact}/plan.json"`)}
fi
`;

/** A digest that was handed to the job stays as it is: its own plan must not pass for the approved one. */
const handOn = (
  name: string,
  file: string,
  ...files: string[]
) => `if [ "$${name}" = ${none} ] && [ -f ${file} ]; then
  export ${name}=${digestOf(file)}
  mkdir -p ${outputFolder} && cp -R ${files.map((path) => (path === releaseFolder ? `${path}/.` : path)).join(' ')} ${outputFolder}
fi
`;
