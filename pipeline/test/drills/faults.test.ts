import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { FaultName } from '../../src/drills/drill.js';
import type { Handler } from '../../src/drills/faults/handler.js';
import { changedBundle } from '../../src/drills/run/changed-bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'drill-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const customer = { headers: { 'x-correlation-id': 'drill-1234' } };
const check = { headers: { 'x-correlation-id': 'synthetic-d-1' } };
const context = { functionVersion: '7' };
const reply = { statusCode: 200, body: '{"price":{"amount":1200,"currency":"USD"}}' };

let made = 0;

/** A bundle that answers with `reply`, with a fault around it, as Lambda would import it. */
async function released(fault: FaultName): Promise<{ handler: Handler }> {
  const sound = join(folder, `sound-${++made}`);
  mkdirSync(sound);
  writeFileSync(join(sound, 'chunk.mjs'), `export const reply = ${JSON.stringify(reply)};`);
  writeFileSync(
    join(sound, 'index.mjs'),
    `import { reply } from './chunk.mjs'; export const handler = async () => reply;`,
  );
  const changed = join(folder, `changed-${made}`);
  await changedBundle(sound, fault, changed);
  return import(pathToFileURL(join(changed, 'index.mjs')).href);
}

describe('a changed bundle', () => {
  it('of a sound release answers as before', async () => {
    const { handler } = await released('none');

    expect(await handler(customer, context)).toEqual(reply);
  });

  it.each(['fails-every-request', 'fails-after-its-work'] as const)(
    'that %s fails customers, leaves a line that names them, and spares release checks',
    async (fault) => {
      const { handler } = await released(fault);
      const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

      await expect(handler(customer, context)).rejects.toThrow('A drill has put this fault in.');

      const [line] = written.mock.calls.map(([text]) => JSON.parse(String(text)));
      written.mockRestore();
      expect(line).toMatchObject({ correlation_id: 'drill-1234', function_version: '7' });
      expect(await handler(check, context)).toEqual(reply);
      expect(await handler({ correlationId: 'synthetic-d-1' }, context)).toEqual(reply);
    },
  );

  it('that fails three in ten fails by chance', async () => {
    const { handler } = await released('fails-three-in-ten');
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const chance = vi.spyOn(Math, 'random').mockReturnValueOnce(0.29).mockReturnValueOnce(0.31);

    await expect(handler(customer, context)).rejects.toThrow();
    expect(await handler(customer, context)).toEqual(reply);

    chance.mockRestore();
    written.mockRestore();
  });

  it('that answers slowly keeps customers waiting, and no check', async () => {
    const { handler } = await released('answers-slowly');
    const answered = vi.fn();

    void handler(customer, context).then(answered);
    expect(await handler(check, context)).toEqual(reply);

    expect(answered).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(answered).toHaveBeenCalledWith(reply), { timeout: 10_000 });
  });

  it('that breaks the contract does so for checks as well', async () => {
    const { handler } = await released('breaks-the-contract');

    expect(await handler(check, context)).toMatchObject({
      body: '{"price":{"amount":"1200","currency":"USD"}}',
    });
  });

  it('that crashes does not start', async () => {
    await expect(released('crashes-on-start')).rejects.toThrow('A drill lets this version fail');
  });
});
