/** AWS clients whose calls a sampled invocation's trace shows. They are made long before the tracer is loaded. */
const clients = new Set<object>();
let capture: ((client: object) => void) | undefined;

/** Lets the tracer, once it is loaded, see the calls of an AWS SDK v3 client. Returns the client. */
export function traceable<C extends object>(client: C): C {
  clients.add(client);
  capture?.(client);
  return client;
}

/** Called once, by the tracer. */
export function captureTraceable(captureClient: (client: object) => void): void {
  capture = captureClient;
  for (const client of clients) captureClient(client);
}
