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
