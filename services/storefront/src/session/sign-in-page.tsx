import { type ReactNode, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { Page } from '../ui/page.js';
import type { Credentials, SignInOutcome } from './auth.js';
import { CodeForm } from './code-form.js';
import { CredentialsForm } from './credentials-form.js';
import { nextPage } from './next-page.js';
import { useSession } from './session-provider.js';
import './session.css';

/** The frame of both pages: sends on whoever is signed in, asks for the code where one was sent. */
function Gate({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: (done: (credentials: Credentials, outcome: SignInOutcome) => void) => ReactNode;
}) {
  const { state, settle } = useSession();
  const [search] = useSearchParams();
  const [unconfirmed, setUnconfirmed] = useState<Credentials>();
  if (state.status === 'signed-in') return <Navigate to={nextPage(search)} replace />;
  const done = (credentials: Credentials, outcome: SignInOutcome) =>
    'codeSentTo' in outcome ? setUnconfirmed(credentials) : settle(outcome);
  return (
    <Page
      title={unconfirmed ? 'Check your e-mail' : title}
      className="page-narrow"
      intro={unconfirmed ? undefined : intro}
    >
      {unconfirmed ? (
        <CodeForm credentials={unconfirmed} onDone={(outcome) => done(unconfirmed, outcome)} />
      ) : (
        children(done)
      )}
    </Page>
  );
}

const introFor = (next: string) =>
  next === '/checkout' ? 'Then you can pay. What is in your cart comes along.' : undefined;

export function SignInPage() {
  const { auth } = useSession();
  const [search] = useSearchParams();
  const intro = introFor(nextPage(search));
  return (
    <Gate title="Sign in" {...(intro === undefined ? {} : { intro })}>
      {(done) => (
        <CredentialsForm
          isNew={false}
          submitLabel="Sign in"
          onSubmit={async (credentials) => done(credentials, await auth.signIn(credentials))}
        >
          <p className="form-aside">
            New here? <Link to={`/sign-up?${search}`}>Create an account</Link>
          </p>
        </CredentialsForm>
      )}
    </Gate>
  );
}

export function SignUpPage() {
  const { auth } = useSession();
  const [search] = useSearchParams();
  const intro = introFor(nextPage(search));
  return (
    <Gate title="Create an account" {...(intro === undefined ? {} : { intro })}>
      {(done) => (
        <CredentialsForm
          isNew
          submitLabel="Create account"
          onSubmit={async (credentials) => done(credentials, await auth.signUp(credentials))}
        >
          <p className="form-aside">
            Have one already? <Link to={`/sign-in?${search}`}>Sign in</Link>
          </p>
        </CredentialsForm>
      )}
    </Gate>
  );
}
