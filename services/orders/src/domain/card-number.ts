const digits = /\d/g;
/** Digits in groups: at most two separators between them. */
// eslint-disable-next-line security/detect-unsafe-regex -- linear: separators and digits never match the same
const groupedDigits = /\d+(?:[\s.\-–_/]{1,2}\d+)*/g;
/** Our own ids may hold many digits in a row. */
const ownId = /\b(?:ord|res|pay|ref)_[0-9A-HJKMNP-TV-Z]{26}\b/g;

/**
 * Whether any text in `value`, at any depth, key or value, looks like a card number: 13 to 19 digits with or
 * without separators that pass the Luhn check (ISO/IEC 7812). Card numbers must never touch us.
 */
export function containsCardNumber(value: unknown): boolean {
  if (typeof value === 'string') return looksLikeCardNumber(value);
  if (typeof value === 'number') return looksLikeCardNumber(String(value));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => looksLikeCardNumber(key) || containsCardNumber(inner));
}

function looksLikeCardNumber(text: string): boolean {
  // NFKC turns full-width digits and non-breaking spaces into plain ones.
  const plain = text.normalize('NFKC').replace(ownId, ' ; ');
  return [...plain.matchAll(groupedDigits)].some(([run]) => hasCardNumber(run.match(/\d+/g) ?? []));
}

/** Every way to read neighbouring groups as one number: a security code may follow the card number. */
function hasCardNumber(groups: readonly string[]): boolean {
  return groups.some((_, from) => {
    let number = '';
    for (const group of groups.slice(from)) {
      number += group;
      if (number.length > 19) return false;
      if (number.length >= 13 && passesLuhn(number)) return true;
    }
    return false;
  });
}

function passesLuhn(number: string): boolean {
  const sum = (number.match(digits) ?? [])
    .toReversed()
    .map(Number)
    .reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0;
}
