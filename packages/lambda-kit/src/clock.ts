/** The time now. Injected wherever time decides something, so that a test can say what it is. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
