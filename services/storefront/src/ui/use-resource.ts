import { useCallback, useEffect, useRef, useState } from 'react';

export type Resource<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown };

interface Held<T> {
  readonly key: string;
  readonly resource: Resource<T>;
}

/**
 * Loads once per `key` and forgets answers that come after the key has moved on.
 * @returns the resource, and a function that loads it again (keeping what is shown meanwhile, if anything).
 */
export function useResource<T>(key: string, load: () => Promise<T>): readonly [Resource<T>, () => void] {
  const [held, setHeld] = useState<Held<T>>({ key, resource: { status: 'loading' } });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  // `attempt` is the wish to load again
  useEffect(() => {
    let current = true;
    const settle = (resource: Resource<T>) => current && setHeld({ key, resource });
    latest.current().then(
      (value) => settle({ status: 'ready', value }),
      (error: unknown) => settle({ status: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);

  const reload = useCallback(() => {
    setHeld((was) => (was.resource.status === 'failed' ? { ...was, resource: { status: 'loading' } } : was));
    setAttempt((n) => n + 1);
  }, []);
  return [held.key === key ? held.resource : { status: 'loading' }, reload];
}
