import { vi } from 'vitest';

export type Input = Record<string, unknown>;
export type Answers = Record<string, (input: Input) => unknown>;

/** A client of the SDK that answers from a table of operations, and the requests that it got. */
export function answering<C extends { send: unknown }>(
  client: C,
  answers: Answers,
): { client: C; sent: [string, Input][] } {
  const sent: [string, Input][] = [];
  vi.spyOn(client as { send: (command: object) => unknown }, 'send').mockImplementation(async (command) => {
    const operation = command.constructor.name.replace('Command', '');
    const { input } = command as { input: Input };
    sent.push([operation, input]);
    return answers[operation]?.(input) ?? {};
  });
  return { client, sent };
}
