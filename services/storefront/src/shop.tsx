import { createClient, type ShopClient } from '@shipline/contracts/client';
import { createContext, useContext } from 'react';
import type { RuntimeConfig } from './config.js';

/** A shop that does not answer within this is treated as out of reach, milliseconds. */
const PATIENCE = 20_000;

/** What every page needs of its surroundings; made once in `main.tsx`, replaced in nothing but tests. */
export interface Shop {
  readonly config: RuntimeConfig;
  readonly client: ShopClient;
}

export function makeClient(accessToken: () => Promise<string | undefined>): ShopClient {
  return createClient({
    origin: '',
    accessToken,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
  });
}

const ShopContext = createContext<Shop | undefined>(undefined);
export const ShopProvider = ShopContext.Provider;

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (!shop) throw new Error('useShop needs a ShopProvider above it');
  return shop;
}
