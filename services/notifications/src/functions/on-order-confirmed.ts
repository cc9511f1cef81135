import { orderConfirmed } from '@shipline/contracts/events';
import { openNotifications } from '../composition.js';
import { receipt } from '../domain/receipt.js';
import { mailOn } from '../handlers/mail-on.js';

export const handler = mailOn(orderConfirmed, receipt, openNotifications());
