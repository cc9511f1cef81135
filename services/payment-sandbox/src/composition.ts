import { setTimeout as sleep } from 'node:timers/promises';
import type { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Clock } from '@shipline/lambda-kit/clock';
import type { IdSource } from '@shipline/lambda-kit/ids';
import { makeExecute } from './application/execute.js';
import { makeLook } from './application/look.js';
import { makeStrike } from './application/strike.js';
import type { IsMerchantKey } from './handlers/authenticate.js';
import type { BrowserDocuments } from './handlers/browser-documents.js';
import { gatewayApi } from './handlers/gateway-api.js';
import { broken, refusal, timedOut } from './handlers/replies.js';
import type { Faults } from './ports/faults.js';
import type { GatewayStore } from './ports/gateway-store.js';
import type { IdempotencyKeys } from './ports/idempotency-keys.js';
import type { Sleep } from './ports/timing.js';
import type { WebhookAddresses, WebhookSecrets } from './ports/webhooks.js';

export interface Gateway {
  readonly store: GatewayStore;
  readonly keys: IdempotencyKeys;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly addresses: WebhookAddresses;
  readonly newSecret: WebhookSecrets;
  readonly isMerchantKey: IsMerchantKey;
  readonly documents: BrowserDocuments;
  readonly sleep?: Sleep;
}

/** The whole API on whatever its ports are: the table, or the fakes of the tests. */
export function wireGateway({ sleep = defaultSleep, isMerchantKey, documents, ...ports }: Gateway): Router {
  const { store, keys, faults, clock, ids } = ports;
  const strike = makeStrike({ faults });
  const replies = { refusal, broken, timedOut };
  const gate = {
    execute: makeExecute({ store, keys, strike, clock, ids, sleep, replies }),
    look: makeLook({ strike, sleep, replies }),
    isMerchantKey,
  };
  return gatewayApi({ gate, making: ports, faults, documents });
}

const defaultSleep: Sleep = (milliseconds) => sleep(milliseconds);
