import { eventBridgeBus } from '@shipline/lambda-kit/eventbridge-bus';
import { relayEntry } from '@shipline/lambda-kit/relay-entry';
import { relayedEvent } from '../adapters/relayed-event.js';
import { relayConfig } from '../config.js';

export const handler = relayEntry(relayedEvent, eventBridgeBus(relayConfig().EVENT_BUS_NAME));
