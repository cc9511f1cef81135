import { join } from 'node:path';

/** What lies where in a cloud's state directory. */
export function stateLayout(stateDir: string) {
  return {
    /** Held while a server is being started. */
    lock: join(stateDir, 'start.lock'),
    /** Names the running server. */
    record: join(stateDir, 'server.json'),
    log: join(stateDir, 'server.log'),
    previousLog: join(stateDir, 'server.previous.log'),
    /** Which MiniStack wrote the saved state. */
    version: join(stateDir, 'saved-by.json'),
    services: join(stateDir, 'services'),
    objects: join(stateDir, 'objects'),
    frontDoors: join(stateDir, 'front-doors.json'),
    aside: join(stateDir, 'aside'),
    home: join(stateDir, 'home'),
    temporary: join(stateDir, 'tmp'),
  } as const;
}

/** Where the local cloud keeps the private key (PEM) that signs a user pool's access tokens, from the first one on. */
export const tokenKeyFile = (stateDir: string, userPoolId: string): string =>
  join(stateLayout(stateDir).services, 'cognito-pool-keys', `${userPoolId}-access.pem`);
