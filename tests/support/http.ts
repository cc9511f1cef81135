import supertest from 'supertest';
import { outputs } from './environment.js';

/** Raw requests to the shop's front door, for what the typed client would not send. */
export const http = supertest(outputs.storefrontUrl);

export const bearer = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });
