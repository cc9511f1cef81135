/** Minus, the number, plus. The number is announced as it changes; minus at one is the caller's to decide. */
export function QuantityStepper({
  name,
  value,
  min = 1,
  max,
  onChange,
}: {
  name: string;
  value: number;
  min?: number;
  max: number;
  onChange: (quantity: number) => void;
}) {
  return (
    <fieldset className="stepper">
      <legend className="visually-hidden">Quantity of {name}</legend>
      <button
        type="button"
        aria-label={`One ${name} less`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <span aria-hidden="true">−</span>
      </button>
      <output aria-live="polite">{value}</output>
      <button
        type="button"
        aria-label={`One ${name} more`}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <span aria-hidden="true">+</span>
      </button>
    </fieldset>
  );
}
