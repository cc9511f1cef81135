import { TaskInput } from '@shipline/contracts';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.js';
import { makeLookUpPayment } from '../../application/look-up-payment.js';
import { tableConfig } from '../../config.js';

const ledger = new DynamoDbLedger(documentClient(), tableConfig().TABLE_NAME);

export const handler = taskEntry(TaskInput, makeLookUpPayment({ ledger }));
