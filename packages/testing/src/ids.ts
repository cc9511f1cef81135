/** `ord_00000000000000000000000001`, then `…2`: well formed, in order, and the same in each run. */
export function sequentialIds(start = 1): <P extends string>(prefix: P) => `${P}_${string}` {
  let next = start;
  return (prefix) => `${prefix}_${String(next++).padStart(26, '0')}`;
}
