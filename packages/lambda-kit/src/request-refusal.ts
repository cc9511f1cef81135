import { Refusal, type RefusalOptions } from './refusal.js';

/** A refusal that any route can give because of the request's form. The HTTP entry answers it. */
export class RequestRefusal extends Refusal {
  override readonly name = 'RequestRefusal';

  constructor(
    readonly status: number,
    code: string,
    options?: RefusalOptions,
  ) {
    super(code, options);
  }
}
