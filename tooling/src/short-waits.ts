import { cloudHealth } from '@shipline/local-cloud';

/** Retries and waits of state machines take a tenth as long where people or tests wait for what they lead to. */
const shortScale = 0.1;

/** Lets the local cloud's state machines wait shortly from now on. */
export const shortenWaits = (port: number) => setWaitScale(port, shortScale);

/** Does some work while the local cloud's state machines wait shortly; afterwards they wait as they say. */
export async function withShortWaits<T>(port: number, work: () => Promise<T>): Promise<T> {
  await shortenWaits(port);
  try {
    return await work();
  } finally {
    // A cloud that has ended meanwhile begins with its own pace again.
    if (await cloudHealth(port)) await setWaitScale(port, 1);
  }
}

async function setWaitScale(port: number, scale: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/_ministack/config`, {
    method: 'POST',
    body: JSON.stringify({ 'stepfunctions._SFN_WAIT_SCALE': scale }),
  });
  if (!response.ok) throw new Error(`The local cloud did not take its settings: ${response.status}`);
}
