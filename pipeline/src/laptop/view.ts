import { confirm } from '@inquirer/prompts';
import { ListrInquirerPromptAdapter } from '@listr2/prompt-adapter-inquirer';
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
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
      // Ctrl-C is the journey's: this library would end the process with what was deployed half done.
      registerSignalListeners: false,
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

const whenInterrupted =
  'Interrupted: what was begun comes to its end, then it is taken back. Once more ends at once, and leaves it.';

const gateTask = (journey: Journey, stage: Stage, job: Job, gate: GateName): ListrTask => ({
  title: gates[gate].title,
  async task(_, task) {
    const say = (line: string) => {
      task.output = line;
    };
    const tell = () => say(whenInterrupted);
    journey.stopped.addEventListener('abort', tell);
    try {
      await journey.pass(stage, job, gate, say);
    } finally {
      journey.stopped.removeEventListener('abort', tell);
    }
  },
  rendererOptions: { timer: { ...PRESET_TIMER, field: (ms: number) => `${(ms / 1000).toFixed(0)} s` } },
});

const approvalTask = (journey: Journey, stage: Stage): ListrTask => ({
  title: 'Approval',
  task: (_, task) =>
    journey.askForApproval(stage, async (message) => {
      const prompt = task.prompt(ListrInquirerPromptAdapter);
      try {
        return await prompt.run(confirm, { message, default: false }, { signal: journey.stopped });
      } catch (error) {
        // The prompt has the keyboard, so that Ctrl-C is a key to it and reaches nobody else.
        if (error instanceof Error && error.name === 'ExitPromptError') process.emit('SIGINT', 'SIGINT');
        throw error;
      }
    }),
});
