import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Auth, Customer, SignInOutcome } from './auth.js';

export type SessionState =
  | { readonly status: 'restoring' }
  | { readonly status: 'guest' }
  | { readonly status: 'signed-in'; readonly customer: Customer };

interface SessionContextValue {
  readonly state: SessionState;
  readonly auth: Auth;
  /** Takes over what a sign-in, sign-up or confirmation led to. */
  readonly settle: (outcome: SignInOutcome) => void;
  readonly signOut: () => Promise<void>;
  /** The services no longer accept the token: the page goes on as a guest's. */
  readonly expire: () => void;
}

const SessionContext = createContext<SessionContextValue | undefined>(undefined);

export function SessionProvider({ auth, children }: { auth: Auth; children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ status: 'restoring' });
  useEffect(() => {
    let current = true;
    auth
      .restore()
      .catch(() => undefined)
      .then((customer) => {
        if (current) setState(customer ? { status: 'signed-in', customer } : { status: 'guest' });
      });
    return () => {
      current = false;
    };
  }, [auth]);

  const settle = useCallback((outcome: SignInOutcome) => {
    if ('signedIn' in outcome) setState({ status: 'signed-in', customer: outcome.signedIn });
  }, []);
  const expire = useCallback(() => setState({ status: 'guest' }), []);
  const signOut = useCallback(async () => {
    await auth.signOut();
    setState({ status: 'guest' });
  }, [auth]);

  const value = useMemo(
    () => ({ state, auth, settle, signOut, expire }),
    [state, auth, settle, signOut, expire],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionContextValue {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
