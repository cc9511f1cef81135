import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { stackIds } from '../src/names.js';
import { synthesisOf } from './synthesis.js';
import { ofType, propertiesOf as properties } from './template.js';

describe.each(environmentNames)('an alarm of %s', (name) => {
  const { templates, environment } = synthesisOf(name);
  const { platform } = templates;
  const [[topicId = '', topic] = []] = ofType(platform, 'AWS::SNS::Topic');

  it('is told to the environment’s one topic, through Parameter Store', () => {
    const published = properties(platform, 'AWS::SSM::Parameter').find(
      ({ Name }) => Name === `/shipline/${name}/platform/alarm-topic-arn`,
    );
    expect(topic?.Properties).toMatchObject({ TopicName: `shipline-${name}-alarms` });
    expect(published?.['Value']).toEqual({ Ref: topicId });
    for (const id of stackIds) {
      // Those without are parts of others that have, or told to a release: the rule alarmsReachPeople.
      const actions = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
        .flatMap((type) => properties(templates[id], type).map((alarm) => alarm['AlarmActions']))
        .filter((told) => told !== undefined);
      const target = id === 'platform' ? topicId : 'PlatformAlarmTopicArnValue';
      expect(actions).toEqual(actions.map(() => [{ Ref: target }]));
    }
  });

  it('comes from CloudWatch of this account, over TLS', () => {
    const [policy] = properties(platform, 'AWS::SNS::TopicPolicy');
    expect(policy?.['PolicyDocument']).toHaveProperty('Statement', [
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': environment.account } },
      }),
    ]);
  });

  it('is mailed to the address that the clone’s owner gave, but not from the laptop', () => {
    const mailed = properties(platform, 'AWS::SNS::Subscription').map(({ Endpoint }) => Endpoint);
    expect(mailed).toEqual(name === 'local' ? [] : ['on-call@shipline.example']);
  });
});
