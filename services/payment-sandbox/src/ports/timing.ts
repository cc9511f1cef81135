/** Waits; injected, so that a test does not. */
export type Sleep = (milliseconds: number) => Promise<void>;
