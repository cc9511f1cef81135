import { Router } from '@aws-lambda-powertools/event-handler/http';
import type { IdSource } from '@shipline/lambda-kit/ids';
import { defaultDelay, type FaultRule } from '../domain/fault.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { Faults } from '../ports/faults.js';
import { requireMerchant } from './authenticate.js';
import { type Gate, reading, responseOf } from './endpoint.js';
import { parseForm } from './form.js';
import * as parameters from './parameters.js';
import { parse } from './parse.js';
import { ok } from './replies.js';
import { deletedView, faultView, listView } from './views.js';

interface Dependencies {
  readonly faults: Faults;
  readonly ids: IdSource;
}

/** The sandbox's own: switches for what goes wrong. */
export function faultsApi(gate: Gate, { faults, ids }: Dependencies): Router {
  const api = new Router();
  api.post('/test_helpers/faults', async ({ req }) => {
    await requireMerchant(req, gate.isMerchantKey);
    const form = parseForm(new URLSearchParams(await req.text()));
    const rule = ruleOf(ids('fault'), parse(parameters.CreateFault, form));
    await faults.add(rule);
    return responseOf(ok(faultView(rule)));
  });
  api.get(
    '/test_helpers/faults',
    reading(gate, {
      schema: parameters.Nothing,
      find: () => faults.rules(),
      view: (rules) => listView('/v1/test_helpers/faults', rules.map(faultView), false),
    }),
  );
  api.delete('/test_helpers/faults', async ({ req }) => {
    await requireMerchant(req, gate.isMerchantKey);
    await faults.clear();
    return responseOf(ok(deletedView('test_helpers.fault')('all')));
  });
  return api;
}

const MAX_TIMES = 1000;
/** API Gateway waits for 29 s. */
const MAX_DELAY = 25_000;

type Input = ReturnType<typeof parameters.CreateFault.parse>;

function ruleOf(id: string, { operation, kind, times = 1, delay_ms, match = {} }: Input): FaultRule {
  const delayMs = delay_ms ?? defaultDelay(kind);
  const looks = operation === 'retrieve' || operation === 'list';
  if (kind === 'fail' && operation !== 'refund') throw invalid('kind', 'only a refund can fail');
  if (kind === 'duplicate' && looks) throw invalid('kind', 'nothing is done twice by a look');
  if (times < 1 || times > MAX_TIMES) throw invalid('times', `must be from 1 to ${MAX_TIMES}`);
  if (delayMs < 0 || delayMs > MAX_DELAY) throw invalid('delay_ms', `must be from 0 to ${MAX_DELAY}`);
  return {
    id,
    operation,
    kind,
    times,
    delayMs,
    match: { paymentMethod: match.payment_method, metadata: match.metadata },
  };
}

const invalid = (param: string, why: string) =>
  new GatewayError('parameter_invalid', { message: `Invalid ${param}: ${why}`, param });
