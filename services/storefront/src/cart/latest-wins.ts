/**
 * Runs changes one after another; a change that was overtaken by a newer one of the same key while it waited
 * is left out. Five quick presses on "+" become two requests, and the last number wins.
 */
export function latestWins() {
  const newest = new Map<string, number>();
  let tail: Promise<void> = Promise.resolve();
  let count = 0;
  return (key: string, change: () => Promise<void>): Promise<void> => {
    const mine = ++count;
    newest.set(key, mine);
    tail = tail.then(async () => {
      if (newest.get(key) === mine) await change();
    });
    return tail;
  };
}
