import { describeMailLog } from '../contracts/mail-log-contract.js';
import { InMemoryMailLog } from './in-memory-mail-log.js';

describeMailLog('The fake', () => new InMemoryMailLog());
