import { confirm } from '@inquirer/prompts';
import { ListrInquirerPromptAdapter } from '@listr2/prompt-adapter-inquirer';
import { Listr, type ListrTask } from 'listr2';
import type { Job, Stage } from '../delivery/stage.js';
import { gates } from '../gates/catalogue.js';
import type { GateName } from '../gates/gate-names.js';
import type { Journey } from './journey.js';

/** The whole road as a list that lives while it is travelled; on anything but a terminal, as lines. */
export const roadView = (journey: Journey, { silent = false } = {}) =>
  new Listr(
    journey.road.stages.map((stage) => stageTask(journey, stage)),
    {
      concurrent: false,
      exitOnError: true,
      renderer: silent ? 'silent' : 'default',
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
      fallbackRenderer: 'simple',
    },
  );

const stageTask = (journey: Journey, stage: Stage): ListrTask => ({
  title: `${stage.name}  (at most ${stage.budgetMinutes} min)`,
  task: (_, task) =>
    task.newListr(
      [
        ...stage.jobs.flatMap((job) => job.gates.map((gate) => gateTask(journey, stage, job, gate))),
        ...(stage.approval ? [approvalTask(journey, stage)] : []),
        {
          title: 'Time',
          task: (_context, inner) => {
            journey.leave(stage);
            inner.title = timeText(journey.minutesIn(stage), stage.budgetMinutes);
          },
        },
      ],
      { concurrent: false, exitOnError: true },
    ),
});

export const timeText = (used: number, budget: number) =>
  `${used.toFixed(1)} of ${budget} min${used > budget ? ': over its budget' : ''}`;

const gateTask = (journey: Journey, stage: Stage, job: Job, gate: GateName): ListrTask => ({
  title: gates[gate].title,
  task: (_, task) =>
    journey.pass(stage, job, gate, (line) => {
      task.output = line;
    }),
  rendererOptions: { timer: { condition: true, field: (ms: number) => `${(ms / 1000).toFixed(0)} s` } },
});

const approvalTask = (journey: Journey, stage: Stage): ListrTask => ({
  title: 'Approval',
  task: (_, task) =>
    journey.askForApproval(stage, async (message) =>
      task.prompt(ListrInquirerPromptAdapter).run(confirm, { message, default: false }),
    ),
});
