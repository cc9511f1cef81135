import { describeLedger } from '../contracts/ledger-contract.js';
import { InMemoryLedger } from './in-memory-ledger.js';

describeLedger('Memory', () => new InMemoryLedger());
