import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { CartProvider } from './cart/cart-provider.js';
import { loadConfig, type RuntimeConfig } from './config.js';
import { routes } from './routes.js';
import { forgetfulAuth } from './session/forgetful-auth.js';
import { lazyAuth } from './session/lazy-auth.js';
import { SessionProvider } from './session/session-provider.js';
import { CrashPage } from './shell/crash-page.js';
import { makeClient, ShopProvider } from './shop.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/messages.css';

function openShop(config: RuntimeConfig) {
  const auth = forgetfulAuth(lazyAuth(config, localStorage), sessionStorage);
  const shop = { config, client: makeClient(auth.accessToken) };
  const router = createBrowserRouter(routes);
  return (
    <StrictMode>
      <ShopProvider value={shop}>
        <SessionProvider auth={auth}>
          <CartProvider>
            <RouterProvider router={router} />
          </CartProvider>
        </SessionProvider>
      </ShopProvider>
    </StrictMode>
  );
}

const element = document.getElementById('root');
if (!element) throw new Error('index.html has lost its root');
const root = createRoot(element);
loadConfig().then(
  (config) => root.render(openShop(config)),
  (error: unknown) => {
    reportError(error);
    root.render(<CrashPage />);
  },
);
