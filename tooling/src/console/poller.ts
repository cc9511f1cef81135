import type { PanelName, PanelState, Panels, Snapshot, Update } from './snapshot.js';

/** Reads one panel. */
export interface Reader<T> {
  readonly everySeconds: number;
  read(): Promise<T>;
}
export type Readers = { readonly [P in PanelName]: Reader<Panels[P]> };

const LONGEST_PAUSE_SECONDS = 60;

/**
 * Reads every panel at its own pace for as long as somebody watches, once for all of them. A panel that cannot be read
 * says so, keeps what it had, is asked less and less often, and holds up no other.
 */
export class Poller {
  readonly #watchers = new Set<(update: Update) => void>();
  readonly #states = new Map<PanelName, PanelState<unknown>>();
  readonly #timers = new Map<PanelName, NodeJS.Timeout>();
  readonly #busy = new Set<PanelName>();
  readonly #failures = new Map<PanelName, number>();

  constructor(
    private readonly readers: Readers,
    private readonly now: () => number,
  ) {}

  get snapshot(): Snapshot {
    const names = Object.keys(this.readers) as PanelName[];
    return Object.fromEntries(
      names.map((name) => [name, this.#states.get(name) ?? {}]),
    ) as unknown as Snapshot;
  }

  /** @returns what ends the watching; with the last watcher gone nothing is read any more. */
  watch(watcher: (update: Update) => void): () => void {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#start();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.stop();
    };
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #start(): void {
    for (const name of Object.keys(this.readers) as PanelName[]) void this.#turn(name);
  }

  async #turn(name: PanelName): Promise<void> {
    // A reading that outlasts a pause without watchers goes on; it is not begun a second time.
    if (this.#busy.has(name)) return;
    this.#busy.add(name);
    this.#publish(name, await this.#read(name));
    this.#busy.delete(name);
    if (this.#watchers.size === 0) return;
    this.#timers.set(
      name,
      setTimeout(() => void this.#turn(name), this.#pauseSeconds(name) * 1000),
    );
  }

  async #read(name: PanelName): Promise<PanelState<unknown>> {
    try {
      const value = await this.readers[name].read();
      this.#failures.delete(name);
      return { value, readAt: this.now() };
    } catch (error) {
      this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
      return { ...this.#states.get(name), problem: problemOf(error) };
    }
  }

  #pauseSeconds(name: PanelName): number {
    const { everySeconds } = this.readers[name];
    const pause = everySeconds * 2 ** (this.#failures.get(name) ?? 0);
    return Math.max(everySeconds, Math.min(pause, LONGEST_PAUSE_SECONDS));
  }

  /** A reading that found everything as it was is nothing to tell. */
  #publish(name: PanelName, state: PanelState<unknown>): void {
    const before = this.#states.get(name);
    this.#states.set(name, state);
    if (before?.problem === state.problem && JSON.stringify(before?.value) === JSON.stringify(state.value))
      return;
    const update = { panel: name, state } as Update;
    for (const watcher of this.#watchers) watcher(update);
  }
}

/** One sentence for the panel: what AWS said, without a stack. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message || (error as { code?: string }).code || 'nothing was said';
  return error.name === 'Error' ? message : `${error.name}: ${message}`;
}
