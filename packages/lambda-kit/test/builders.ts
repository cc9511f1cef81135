import type { EventDefinition } from '@shipline/contracts/events';
import { expect } from 'vitest';
import * as z from 'zod/mini';

/** An event that only these tests know. */
export const parcelSent: EventDefinition<{ parcelId: string }> = {
  type: 'parcel.sent.v1',
  source: 'shipline.parcels',
  data: z.object({ parcelId: z.string() }),
  example: { parcelId: 'p1' },
};

/** What the log line of an environment's first invocation has besides. */
export const ofAColdStart = { ColdStarts: 1, _aws: expect.any(Object) };
