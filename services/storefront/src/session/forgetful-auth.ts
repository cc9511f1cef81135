import { forgetDraft } from '../checkout/shipping-address.js';
import type { Auth } from './auth.js';

/** Whoever signs out leaves no address behind in this tab. */
export const forgetfulAuth = (auth: Auth, storage: Storage): Auth => ({
  ...auth,
  async signOut() {
    await auth.signOut();
    forgetDraft(storage);
  },
});
