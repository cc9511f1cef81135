import { type Appearance, type GatewayError, opened, sealed, type ToFrame, type ToPage } from './protocol.js';

/** A frame that has not said hello by then is taken for unreachable, milliseconds. */
const PATIENCE = 15_000;

type Reply = Extract<ToPage, { type: 'reply' }>;
interface Handlers {
  ready: () => void;
  change: (event: { complete: boolean }) => void;
  loaderror: (event: { error: GatewayError }) => void;
}

export interface ElementSettings {
  readonly frameUrl: URL;
  readonly publishableKey: string;
  readonly appearance: Appearance;
}

const unreachable: GatewayError = {
  type: 'api_connection_error',
  message: 'The card form cannot be reached. Check your connection and try again.',
};

/** The iframe with the card form, as Stripe.js's Payment Element behaves for the parts that the shop uses. */
export class PaymentElement {
  readonly #settings: ElementSettings;
  readonly #frame = document.createElement('iframe');
  readonly #handlers: { [E in keyof Handlers]: Handlers[E][] } = { ready: [], change: [], loaderror: [] };
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #requests = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: ElementSettings) {
    this.#settings = settings;
    const url = new URL(settings.frameUrl);
    url.searchParams.set('parent', location.origin);
    this.#frame.src = url.href;
    this.#frame.title = 'Secure card form';
    this.#frame.style.cssText =
      'display:block;width:calc(100% + 8px);height:0;margin:-4px;border:0;color-scheme:normal';
  }

  mount(target: string | HTMLElement): void {
    const parent = typeof target === 'string' ? document.querySelector(target) : target;
    if (!parent) throw new Error(`There is no element ${String(target)} to mount the form into`);
    addEventListener('message', this.#onMessage);
    this.#patience = setTimeout(() => this.#emit('loaderror', { error: unreachable }), PATIENCE);
    parent.replaceChildren(this.#frame);
  }

  unmount(): void {
    clearTimeout(this.#patience);
    removeEventListener('message', this.#onMessage);
    this.#frame.remove();
  }

  destroy(): void {
    this.unmount();
  }

  focus(): void {
    this.#frame.focus();
    this.#send({ type: 'focus' });
  }

  on<E extends keyof Handlers>(event: E, handler: Handlers[E]): this {
    this.#handlers[event]?.push(handler);
    return this;
  }

  /** Asks the frame to do something and waits for its answer. */
  ask(type: 'validate' | 'create-payment-method'): Promise<Reply> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve({ type: 'reply', request, error: unreachable }), 2 * PATIENCE);
      this.#waiting.set(request, (reply) => {
        clearTimeout(late);
        resolve(reply);
      });
      this.#send({ type, request });
    });
  }

  #send(message: ToFrame): void {
    this.#frame.contentWindow?.postMessage(sealed(message), this.#settings.frameUrl.origin);
  }

  #emit<E extends keyof Handlers>(event: E, ...args: Parameters<Handlers[E]>): void {
    for (const handler of this.#handlers[event])
      (handler as (...given: Parameters<Handlers[E]>) => void)(...args);
  }

  readonly #onMessage = (event: MessageEvent<unknown>): void => {
    const message = opened<ToPage>(event, {
      origin: this.#settings.frameUrl.origin,
      source: this.#frame.contentWindow,
    });
    if (message) this.#take(message);
  };

  #take(message: ToPage): void {
    const { publishableKey, appearance } = this.#settings;
    switch (message.type) {
      case 'hello':
        clearTimeout(this.#patience);
        this.#send({ type: 'init', publishableKey, appearance });
        break;
      case 'resize':
        this.#frame.style.height = `${Math.ceil(message.height)}px`;
        break;
      case 'ready':
        this.#emit('ready');
        break;
      case 'change':
        this.#emit('change', { complete: message.complete });
        break;
      case 'reply':
        this.#waiting.get(message.request)?.(message);
        this.#waiting.delete(message.request);
    }
  }
}
