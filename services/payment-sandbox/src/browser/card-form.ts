import {
  type CardField,
  type CardInput,
  digitsOf,
  faultsOf,
  groupExpiry,
  groupNumber,
  testCards,
} from './card-rules.js';
import type { GatewayError } from './protocol.js';

const fields = ['number', 'expiry', 'cvc'] as const satisfies readonly CardField[];
const grouping: Record<CardField, (text: string) => string> = {
  number: groupNumber,
  expiry: groupExpiry,
  cvc: (text) => digitsOf(text).slice(0, 4),
};

/** The three fields of card-frame.html: groups digits while they are typed, says what is wrong once they are left. */
export class CardForm {
  readonly #inputs: Record<CardField, HTMLInputElement>;

  constructor(
    readonly root: Document,
    readonly now: () => Date,
    readonly onChange: (complete: boolean) => void,
  ) {
    const input = (name: CardField) => {
      const element = root.getElementById(name);
      if (!(element instanceof HTMLInputElement)) throw new Error(`The card form has lost its field ${name}`);
      return element;
    };
    this.#inputs = { number: input('number'), expiry: input('expiry'), cvc: input('cvc') };
    for (const field of fields) this.#watch(field);
    root.getElementById('test-cards')?.replaceChildren(...testCards.map((card) => this.#offer(card)));
  }

  card(): CardInput {
    const { number, expiry, cvc } = this.#inputs;
    return { number: number.value, expiry: expiry.value, cvc: cvc.value };
  }

  focus(): void {
    this.#inputs.number.focus();
  }

  /** Shows every fault, goes to the first one and returns it in Stripe's form. */
  validate(): GatewayError | undefined {
    const faults = faultsOf(this.card(), this.now());
    for (const field of fields) this.#show(field, faults[field]?.message);
    const first = fields.find((field) => faults[field]);
    const fault = first && faults[first];
    if (!first || !fault) return undefined;
    this.#inputs[first].focus();
    return { type: 'validation_error', ...fault };
  }

  #watch(field: CardField): void {
    const input = this.#inputs[field];
    input.addEventListener('input', (event) => {
      const deleting = event instanceof InputEvent && event.inputType.startsWith('delete');
      const atEnd = input.selectionStart === input.value.length;
      // Grouping while somebody deletes or edits in the middle would move the caret under their hands.
      if (!deleting && atEnd) input.value = grouping[field](input.value);
      this.#show(field, undefined);
      this.#report();
    });
    input.addEventListener('blur', () => {
      input.value = grouping[field](input.value);
      if (input.value !== '') this.#show(field, faultsOf(this.card(), this.now())[field]?.message);
    });
  }

  #report(): void {
    this.onChange(Object.keys(faultsOf(this.card(), this.now())).length === 0);
  }

  #show(field: CardField, message: string | undefined): void {
    const error = this.root.getElementById(`${field}-error`);
    if (error) error.textContent = message ?? '';
    if (message) this.#inputs[field].setAttribute('aria-invalid', 'true');
    else this.#inputs[field].removeAttribute('aria-invalid');
  }

  /** A button that fills in a test card, with an expiry three years from now. */
  #offer({ number, effect }: (typeof testCards)[number]): HTMLElement {
    const item = this.root.createElement('li');
    const button = this.root.createElement('button');
    button.type = 'button';
    button.append(textIn(this.root, 'span', number), textIn(this.root, 'small', effect));
    button.addEventListener('click', () => {
      const { number: into, expiry, cvc } = this.#inputs;
      into.value = number;
      expiry.value = groupExpiry(`12${String(this.now().getFullYear() + 3).slice(2)}`);
      cvc.value = '123';
      for (const field of fields) this.#show(field, undefined);
      this.#report();
    });
    item.append(button);
    return item;
  }
}

function textIn(root: Document, tag: string, text: string): HTMLElement {
  const element = root.createElement(tag);
  element.textContent = text;
  return element;
}
