import { ShippingAddress } from '@shipline/contracts';

/** What the address form holds while it is being filled in. */
export interface AddressDraft {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

export type AddressErrors = Partial<Record<keyof AddressDraft, string>>;

export const emptyAddress: AddressDraft = {
  name: '',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  country: '',
};

const missing: Record<keyof AddressDraft, string> = {
  name: 'Enter the name of whoever receives the parcel.',
  line1: 'Enter street and number.',
  line2: 'This line is too long.',
  postalCode: 'Enter the postal code.',
  city: 'Enter the town or city.',
  country: 'Choose a country.',
};

/** Thirteen digits and more in a row are a card number in the wrong field, more likely than an address. */
// eslint-disable-next-line security/detect-unsafe-regex -- a bounded number of digits, in the customer’s own browser
const looksLikeCard = (text: string) => /(?:\d[ -]?){13,19}/.test(text);

/** The draft as the API wants it, or a sentence per field. The rules themselves are the contract's. */
export function parseAddress(
  draft: AddressDraft,
): { readonly address: ShippingAddress } | { readonly errors: AddressErrors } {
  const { line2, ...rest } = draft;
  const parsed = ShippingAddress.safeParse(line2.trim() === '' ? rest : draft);
  const errors: AddressErrors = {};
  for (const { path } of parsed.error?.issues ?? []) {
    const field = path[0] as keyof AddressDraft;
    errors[field] = draft[field].trim() === '' ? missing[field] : 'This is too long or not as expected.';
  }
  for (const [field, text] of Object.entries(draft) as [keyof AddressDraft, string][])
    if (looksLikeCard(text))
      errors[field] = 'This looks like a card number. It belongs in the card form only.';
  return parsed.success && Object.keys(errors).length === 0 ? { address: parsed.data } : { errors };
}

const KEY = 'shipline.address-draft';

/** The draft survives a reload of the tab and ends with the sign-out; whoever signs in next in this tab does not see it. */
export function loadDraft(storage: Storage, customerId: string): AddressDraft {
  try {
    const { customerId: whose, draft: kept } = JSON.parse(storage.getItem(KEY) ?? '{}');
    if (whose !== customerId) return emptyAddress;
    const text = (field: string) => {
      const value = (kept as Record<string, unknown>)[field];
      return typeof value === 'string' ? value : '';
    };
    return Object.fromEntries(Object.keys(emptyAddress).map((f) => [f, text(f)])) as unknown as AddressDraft;
  } catch {
    return emptyAddress;
  }
}

export const saveDraft = (storage: Storage, customerId: string, draft: AddressDraft): void =>
  storage.setItem(KEY, JSON.stringify({ customerId, draft }));

export const forgetDraft = (storage: Storage): void => storage.removeItem(KEY);
