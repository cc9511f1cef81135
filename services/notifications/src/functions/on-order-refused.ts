import { orderRefused } from '@shipline/contracts/events';
import { openNotifications } from '../composition.js';
import { refusalNotice } from '../domain/refusal-notice.js';
import { mailOn } from '../handlers/mail-on.js';

export const handler = mailOn(orderRefused, refusalNotice, openNotifications());
