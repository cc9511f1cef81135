import { type SyntheticEvent, useState } from 'react';
import { Field } from '../ui/field.js';
import { Notice } from '../ui/notice.js';
import type { Credentials, SignInOutcome } from './auth.js';
import { AuthFailure } from './auth-failure.js';
import { useSession } from './session-provider.js';

/** Asks for the code that was sent by e-mail; where sign-up confirms itself it is never shown. */
export function CodeForm({
  credentials,
  onDone,
}: {
  credentials: Credentials;
  onDone: (outcome: SignInOutcome) => void;
}) {
  const { auth } = useSession();
  const [failure, setFailure] = useState<unknown>();
  const [sentAgain, setSentAgain] = useState(false);
  const [busy, setBusy] = useState(false);

  const run = async (action: () => Promise<void>) => {
    if (busy) return;
    setFailure(undefined);
    setSentAgain(false);
    setBusy(true);
    await action().catch(setFailure);
    setBusy(false);
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).trim();
    void run(async () => onDone(await auth.confirm(credentials, code)));
  };
  const resend = () =>
    run(async () => {
      await auth.resendCode(credentials.email);
      setSentAgain(true);
    });

  return (
    <form className="form" noValidate onSubmit={submit}>
      {failure !== undefined && <AuthFailure error={failure} />}
      {sentAgain && <Notice tone="good">A new code is on its way.</Notice>}
      <p>
        We sent a code to <strong>{credentials.email}</strong>. It proves that the address is yours.
      </p>
      <Field
        label="Code from the e-mail"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        required
        autoFocus
      />
      <button type="submit" className="button button-main" aria-disabled={busy}>
        {busy ? 'One moment…' : 'Confirm'}
      </button>
      <button type="button" className="link-button" aria-disabled={busy} onClick={resend}>
        Send the code again
      </button>
    </form>
  );
}
