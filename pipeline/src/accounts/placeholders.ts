import { placeholderInputs } from '@shipline/infra';
import { localToolsAccount } from './tools.js';

/** To check the templates of the accounts with, where nothing will be deployed. */
export const placeholderVariables = {
  SHIPLINE_TOOLS_ACCOUNT: localToolsAccount,
  SHIPLINE_DEV_ACCOUNT: placeholderInputs.accounts.dev,
  SHIPLINE_STAGING_ACCOUNT: placeholderInputs.accounts.staging,
  SHIPLINE_PROD_ACCOUNT: placeholderInputs.accounts.prod,
  SHIPLINE_STRIPE_PUBLISHABLE_KEY: placeholderInputs.stripePublishableKey,
  SHIPLINE_ALARM_ADDRESS: placeholderInputs.alarmAddress,
  SHIPLINE_ENGINE: 'github:example/shipline',
} as const;
