import type { Progress } from '../src/progress.js';

/** Progress that remembers what it was told. */
export function recordedProgress() {
  const steps: string[] = [];
  const notes: string[] = [];
  const progress: Progress = {
    note: (line) => notes.push(line),
    step: (title, work) => {
      steps.push(title);
      return work();
    },
  };
  return { progress, steps, notes };
}
