import { cloudHealth, setMinuteSeconds } from '@shipline/local-cloud';

/** Who has saved a file wants to see it, not to watch its canary: five minutes of it take a second. */
const hurriedMinuteSeconds = 0.2;

/**
 * Runs a deployment while minutes are short. What checks a new version stays, so a save that breaks a contract is
 * refused here, too.
 */
export async function hurried<T>(port: number, work: () => Promise<T>): Promise<T> {
  await unhurried(port);
  const { minuteSeconds } = (await cloudHealth(port)) ?? {};
  await setMinuteSeconds(port, hurriedMinuteSeconds);
  try {
    return await work();
  } finally {
    // A cloud that has ended meanwhile begins with its own pace again.
    if (minuteSeconds !== undefined && (await cloudHealth(port))) await setMinuteSeconds(port, minuteSeconds);
  }
}

/** Gives minutes their length back where a hurried deployment was killed before it could. */
export async function unhurried(port: number): Promise<void> {
  const health = await cloudHealth(port);
  if (health?.minuteSeconds === hurriedMinuteSeconds) await setMinuteSeconds(port, health.ownMinuteSeconds);
}
