import { orderCancelled } from '@shipline/contracts/events';
import { openNotifications } from '../composition.js';
import { cancellationNotice } from '../domain/cancellation-notice.js';
import { mailOn } from '../handlers/mail-on.js';

export const handler = mailOn(orderCancelled, cancellationNotice, openNotifications());
