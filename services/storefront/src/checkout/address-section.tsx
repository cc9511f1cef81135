import { type ChangeEvent, useId, useMemo } from 'react';
import { Field } from '../ui/field.js';
import { countries } from './countries.js';
import type { AddressDraft, AddressErrors } from './shipping-address.js';

interface AddressSectionProps {
  readonly draft: AddressDraft;
  readonly errors: AddressErrors;
  readonly locked: boolean;
  readonly onChange: (draft: AddressDraft) => void;
}

export function AddressSection({ draft, errors, locked, onChange }: AddressSectionProps) {
  const field = (name: keyof AddressDraft, autoComplete: string) => ({
    name,
    autoComplete: `shipping ${autoComplete}`,
    value: draft[name],
    error: errors[name],
    maxLength: name === 'postalCode' ? 20 : 100,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange({ ...draft, [name]: event.target.value }),
  });
  return (
    <section className="panel" aria-labelledby="address-heading" inert={locked}>
      <h2 id="address-heading">Where it goes</h2>
      <Field label="Full name" {...field('name', 'name')} />
      <Field label="Street and number" {...field('line1', 'address-line1')} />
      <Field label="Apartment, floor, building" optional {...field('line2', 'address-line2')} />
      <div className="field-row">
        <Field label="Postal code" {...field('postalCode', 'postal-code')} />
        <Field label="Town or city" {...field('city', 'address-level2')} />
      </div>
      <CountryField
        value={draft.country}
        error={errors.country}
        onChange={(country) => onChange({ ...draft, country })}
      />
    </section>
  );
}

function CountryField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (country: string) => void;
}) {
  const id = useId();
  const options = useMemo(() => countries(), []);
  return (
    <div className="field">
      <label htmlFor={id}>Country</label>
      <select
        id={id}
        name="country"
        autoComplete="shipping country"
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Choose a country</option>
        {options.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
