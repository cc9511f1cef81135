import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { AlarmTopic } from '../constructs/alarm-topic.js';
import { ServiceFunction } from '../constructs/service-function.js';
import { accept } from '../nag.js';
import { physicalName } from '../names.js';
import { type Deployment, ShiplineStack } from '../shipline-stack.js';

/** What all services share: who is signed in, the bus, and where alarms are told. */
export class PlatformStack extends ShiplineStack {
  private readonly alarms = new AlarmTopic(this);

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'platform', 'Shipline: user pool, event bus and alarm topic');
    const userPool = this.userPool();
    const client = this.shopClient(userPool);
    const bus = this.bus();
    this.publish(this.names.userPoolId, userPool.userPoolId);
    this.publish(this.names.userPoolClientId, client.userPoolClientId);
    this.publish(this.names.eventBusName, bus.eventBusName);
    this.publish(this.names.alarmTopicArn, this.alarms.topicArn);
    this.output('UserPoolId', userPool.userPoolId);
    this.output('UserPoolClientId', client.userPoolClientId);
    this.output('EventBusName', bus.eventBusName);
  }

  /** Its own: nobody reads a parameter before it is written. */
  override get alarmTopicArn(): string {
    return this.alarms.topicArn;
  }

  private userPool(): UserPool {
    const { name, protectsState, signUpConfirmation } = this.environmentData;
    const userPool = new UserPool(this, 'Customers', {
      userPoolName: physicalName(name, 'customers'),
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: protectsState,
      removalPolicy: protectsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new CfnUserPoolGroup(this, 'Staff', {
      userPoolId: userPool.userPoolId,
      groupName: 'staff',
      description: 'People who run the shop: they ship and refund',
    });
    if (signUpConfirmation === 'automatic') this.confirmSignUps(userPool);
    accept(userPool, {
      'AwsSolutions-COG2':
        'Customers of a shop choose whether they want a second factor; demanding it loses sales.',
      'AwsSolutions-COG8':
        'The Plus plan bills every active customer for threat protection; a clone decides for itself.',
    });
    return userPool;
  }

  private confirmSignUps(userPool: UserPool): void {
    const trigger = new ServiceFunction(this, {
      service: 'platform',
      name: 'confirm-sign-up',
      kind: 'trigger',
      userImpact: 'Nobody can create an account.',
    });
    userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, trigger.alias);
  }

  /** The storefront's client: a browser keeps no secret. */
  private shopClient(userPool: UserPool): UserPoolClient {
    return userPool.addClient('Shop', {
      userPoolClientName: 'shop',
      generateSecret: false,
      authFlows: { userSrp: true, userPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      disableOAuth: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
  }

  private bus(): EventBus {
    const { name, eventArchiveDays } = this.environmentData;
    const bus = new EventBus(this, 'Bus', { eventBusName: physicalName(name, 'events') });
    if (eventArchiveDays !== undefined)
      bus.archive('Archive', {
        archiveName: physicalName(name, 'events'),
        description: 'Every event of the shop, for a replay after a fault',
        eventPattern: { account: [this.account] },
        retention: Duration.days(eventArchiveDays),
      });
    return bus;
  }
}
