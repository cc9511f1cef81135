import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import { Field, focusFirstError } from '../ui/field.js';
import type { Credentials } from './auth.js';
import { AuthFailure } from './auth-failure.js';

const MIN_PASSWORD = 8;
type Errors = { readonly email?: string; readonly password?: string };

function errorsOf({ email, password }: Credentials, isNew: boolean): Errors {
  return {
    ...(/^\S+@\S+\.\S+$/.test(email) ? {} : { email: 'Enter an e-mail address, like ada@example.com.' }),
    ...(password.length >= (isNew ? MIN_PASSWORD : 1)
      ? {}
      : { password: isNew ? `Use at least ${MIN_PASSWORD} characters.` : 'Enter your password.' }),
  };
}

/** E-mail and password, for signing in and for signing up. */
export function CredentialsForm({
  isNew,
  submitLabel,
  onSubmit,
  children,
}: {
  isNew: boolean;
  submitLabel: string;
  onSubmit: (credentials: Credentials) => Promise<void>;
  children?: ReactNode;
}) {
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy || !form.current) return;
    const data = new FormData(form.current);
    const credentials = { email: String(data.get('email')).trim(), password: String(data.get('password')) };
    const found = errorsOf(credentials, isNew);
    setErrors(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return focusFirstError(form.current);
    setBusy(true);
    await onSubmit(credentials).catch(setFailure);
    setBusy(false);
  };

  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {failure !== undefined && <AuthFailure error={failure} />}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        error={errors.email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        error={errors.password}
        {...(isNew ? { hint: 'At least 8 characters, with letters and numbers.' } : {})}
      />
      <button type="submit" className="button button-main" aria-disabled={busy}>
        {busy ? 'One moment…' : submitLabel}
      </button>
      {children}
    </form>
  );
}
