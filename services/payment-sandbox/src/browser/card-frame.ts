import { CardForm } from './card-form.js';
import { createPaymentMethod } from './payment-methods.js';
import { type Appearance, opened, sealed, type ToFrame, type ToPage } from './protocol.js';

/**
 * The card form's own document, in the sandbox's origin. It is told by its address which page holds it, and
 * listens to that page only. The card number goes from here to `POST /v1/payment_methods` and nowhere else.
 */
const parentOrigin = originOf(new URLSearchParams(location.search).get('parent'));
let publishableKey = '';

const tell = (message: ToPage) => parent.postMessage(sealed(message), parentOrigin);
const form = new CardForm(
  document,
  () => new Date(),
  (complete) => tell({ type: 'change', complete }),
);

function originOf(text: string | null): string {
  const url = new URL(text ?? '');
  if (!['http:', 'https:'].includes(url.protocol))
    throw new Error('The card form needs the page that holds it');
  return url.origin;
}

/** Names of Stripe's Appearance API -> custom properties of this document. */
const understood: Readonly<Record<string, string>> = {
  colorPrimary: '--primary',
  colorBackground: '--background',
  colorText: '--text',
  colorTextSecondary: '--text-soft',
  colorDanger: '--danger',
  fontFamily: '--font',
  fontSizeBase: '--size',
  borderRadius: '--radius',
};

function dress({ variables = {} }: Appearance): void {
  for (const [name, property] of Object.entries(understood)) {
    const value = variables[name];
    if (value) document.documentElement.style.setProperty(property, value);
  }
}

async function take(message: ToFrame): Promise<void> {
  switch (message.type) {
    case 'init':
      publishableKey = message.publishableKey;
      dress(message.appearance);
      return tell({ type: 'ready' });
    case 'focus':
      return form.focus();
    case 'validate': {
      const error = form.validate();
      return tell({ type: 'reply', request: message.request, ...(error && { error }) });
    }
    case 'create-payment-method': {
      const error = form.validate();
      const outcome = error ? { error } : await createPaymentMethod(form.card(), publishableKey);
      return tell({ type: 'reply', request: message.request, ...outcome });
    }
  }
}

addEventListener('message', (event) => {
  const message = opened<ToFrame>(event, { origin: parentOrigin, source: parent });
  if (message) void take(message);
});
new ResizeObserver(() =>
  tell({ type: 'resize', height: document.documentElement.getBoundingClientRect().height }),
).observe(document.documentElement);
tell({ type: 'hello' });
