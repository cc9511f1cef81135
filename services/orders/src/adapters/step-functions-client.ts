import { SFNClient } from '@aws-sdk/client-sfn';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { traceable } from '@shipline/lambda-kit/traceable';

export const stepFunctionsClient = (): SFNClient => traceable(new SFNClient(clientDefaults()));
