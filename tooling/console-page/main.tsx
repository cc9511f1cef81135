import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Setting } from '../src/console/snapshot.js';
import { Console } from './console.js';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/releases.css';
import './styles/alarms.css';
import './styles/orders.css';
import './styles/order-trace.css';
import './styles/deliveries.css';
import './styles/panels.css';

const place = document.getElementById('root');
if (!place) throw new Error('The page has no #root.');
const setting = (await (await fetch('/api/setting')).json()) as Setting;
document.title = `Shipline console: ${setting.environment}`;
createRoot(place).render(
  <StrictMode>
    <Console setting={setting} />
  </StrictMode>,
);
