import type { GateRecord, RunRecord } from '@shipline/tooling/delivery/run-record';
import type { Delivery, Job, Stage } from '../delivery/stage.js';
import { GateShut } from '../gates/gate.js';
import type { GateName } from '../gates/gate-names.js';

export interface Commit {
  readonly id: string;
  /** ISO 8601: lead time is counted from here. */
  readonly committedAt: string;
}

/** Puts a question to the person at the terminal. */
export type Ask = (question: string) => Promise<boolean>;

/** What a journey needs of the machine; its tests bring their own. */
export interface Vehicle {
  /** @throws {GateShut} when the release may not go on; anything else when the pipeline itself is at fault. */
  readonly passGate: (stage: Stage, gate: GateName, say: (line: string) => void) => Promise<void>;
  /** @throws {GateShut} when the person says no. */
  readonly askForApproval: (stage: Stage, ask: Ask) => Promise<void>;
  /** Brings the environment's last good release back. @returns what to tell about it. */
  readonly takeBack: (stage: Stage) => Promise<string>;
  /** Id of what was built, undefined as long as nothing was. */
  readonly release: () => string | undefined;
  /** Keeps how far it has come, for whoever asks while it runs or after it was killed. */
  readonly remember: (record: RunRecord) => void;
  /** Aborted by Ctrl-C: the journey goes no further then. */
  readonly stopped: AbortSignal;
  readonly now: () => Date;
}

/** Follows one commit along the road and remembers what happened. */
export class Journey {
  readonly #gates: GateRecord[] = [];
  readonly #passed: string[] = [];
  readonly #startedAt: string;
  #reached: Stage | undefined;

  constructor(
    readonly road: Delivery,
    readonly commit: Commit,
    private readonly vehicle: Vehicle,
  ) {
    this.#startedAt = vehicle.now().toISOString();
  }

  get stopped(): AbortSignal {
    return this.vehicle.stopped;
  }

  async pass(stage: Stage, job: Job, gate: GateName, say: (line: string) => void): Promise<void> {
    this.#goOn();
    const start = this.vehicle.now().getTime();
    const since = new Date(start).toISOString();
    this.#reached = stage;
    this.vehicle.remember(
      this.#record({ kind: 'running', pid: process.pid, stage: stage.name, job: job.name, gate, since }),
    );
    const note = (opened: boolean) =>
      this.#gates.push({
        stage: stage.name,
        job: job.name,
        gate,
        startedAt: since,
        seconds: (this.vehicle.now().getTime() - start) / 1000,
        opened,
      });
    try {
      await this.vehicle.passGate(stage, gate, say);
    } catch (error) {
      note(false);
      this.#goOn();
      throw error;
    }
    note(true);
    this.#goOn();
  }

  async askForApproval(stage: Stage, ask: Ask): Promise<void> {
    this.#goOn();
    this.#reached = stage;
    try {
      await this.vehicle.askForApproval(stage, ask);
    } finally {
      this.#goOn();
    }
  }

  /** @throws {GateShut} after Ctrl-C, also where a gate that was ended by it gives another reason. */
  #goOn(): void {
    if (this.vehicle.stopped.aborted) throw new GateShut('It was interrupted.');
  }

  leave({ name }: Stage): void {
    this.#passed.push(name);
  }

  /** Minutes that a stage's gates have taken so far: people are not counted. */
  minutesIn(stage: Stage): number {
    const seconds = this.#gates
      .filter((gate) => gate.stage === stage.name)
      .reduce((sum, gate) => sum + gate.seconds, 0);
    return seconds / 60;
  }

  arrived(): RunRecord {
    return this.#record({ kind: 'released' });
  }

  /** Ends the journey where it stands: what had been deployed in this stage goes back. */
  async end(reason: unknown): Promise<RunRecord> {
    const stage = this.#reached;
    const why = reason instanceof GateShut ? reason.message : `The pipeline itself failed: ${String(reason)}`;
    const takenBack = stage && this.#hasDeployedIn(stage) ? await this.vehicle.takeBack(stage) : undefined;
    return this.#record({ kind: 'stopped', stage: stage?.name ?? '', why, ...(takenBack && { takenBack }) });
  }

  /** A deployment that failed has taken back its own stacks, but not those that were finished before. */
  #hasDeployedIn({ name }: Stage): boolean {
    return this.#gates.some(({ stage, gate }) => stage === name && gate === 'deploy');
  }

  #record(verdict: RunRecord['verdict']): RunRecord {
    const release = this.vehicle.release();
    return {
      id: `${this.#startedAt.replaceAll(/[-:]|\.\d+/g, '')}-${this.commit.id.slice(0, 7)}`,
      commit: this.commit.id,
      committedAt: this.commit.committedAt,
      startedAt: this.#startedAt,
      endedAt: this.vehicle.now().toISOString(),
      gates: this.#gates,
      passed: this.#passed,
      ...(release && { release }),
      verdict,
    };
  }
}
