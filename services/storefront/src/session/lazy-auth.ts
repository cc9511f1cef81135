import type { RuntimeConfig } from '../config.js';
import type { Auth } from './auth.js';

/**
 * The identity provider's SDK, loaded when somebody signs in or was signed in before: guests who only look
 * around do not pay for it. Amplify keeps its tokens in localStorage under this prefix.
 */
export function lazyAuth(config: RuntimeConfig, storage: Storage): Auth {
  let loading: Promise<Auth> | undefined;
  const load = () => {
    loading ??= import('./cognito-auth.js').then(({ cognitoAuth }) => cognitoAuth(config));
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  const mark = `CognitoIdentityServiceProvider.${config.userPoolClientId}.LastAuthUser`;
  const signedInBefore = () => storage.getItem(mark) !== null;
  return {
    restore: async () => (signedInBefore() ? (await load()).restore() : undefined),
    signIn: async (credentials) => (await load()).signIn(credentials),
    signUp: async (credentials) => (await load()).signUp(credentials),
    confirm: async (credentials, code) => (await load()).confirm(credentials, code),
    resendCode: async (email) => (await load()).resendCode(email),
    signOut: async () => (await load()).signOut(),
    accessToken: async () => (signedInBefore() ? (await load()).accessToken() : undefined),
  };
}
