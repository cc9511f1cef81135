/** What the text says, or undefined where it is no JSON: for callers that check the value's form anyway. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
