import type { PreSignUpTriggerHandler } from 'aws-lambda';

/**
 * Cognito asks before it creates an account: outside prod nobody has to read a mailbox to try the shop, so the
 * account and its address are confirmed at once.
 */
export const handler: PreSignUpTriggerHandler = async (event) => {
  console.log(
    JSON.stringify({ level: 'INFO', message: 'Confirmed a sign-up', trigger: event.triggerSource }),
  );
  event.response = { autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: false };
  return event;
};
