import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { systemClock as now } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { createCustomersMeasure } from '@shipline/lambda-kit/metrics';
import { traceable } from '@shipline/lambda-kit/traceable';
import { CognitoCustomers } from './adapters/cognito-customers.js';
import { DynamoDbMailLog } from './adapters/dynamodb-mail-log.js';
import { SesMailer } from './adapters/ses-mailer.js';
import { makeSendOnce } from './application/send-once.js';
import { config } from './config.js';

/** What the functions share: sending once, and where the shop is. */
export function openNotifications() {
  const { TABLE_NAME, USER_POOL_ID, SENDER_ADDRESS, SHOP_URL } = config();
  const cognito = traceable(new CognitoIdentityProviderClient(clientDefaults()));
  // One attempt: see SesMailer.
  const ses = traceable(new SESv2Client({ ...clientDefaults({ requestTimeout: 8_000 }), maxAttempts: 1 }));
  return {
    sendOnce: makeSendOnce({
      mailLog: new DynamoDbMailLog(documentClient(), TABLE_NAME),
      customers: new CognitoCustomers(cognito, USER_POOL_ID),
      mailer: new SesMailer(ses, SENDER_ADDRESS),
      now,
    }),
    shopUrl: SHOP_URL,
    measure: createCustomersMeasure(),
  };
}
