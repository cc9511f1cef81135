import { here, type Place } from '../places.js';
import { allow, type Statement } from '../statements.js';
import { actions, ours, passes, type TypePermissions, tags } from './grants.js';

/** What is sent and waits. */
export const messagesTypes: TypePermissions = {
  'AWS::Events::Archive': (place) => [
    allow(actions('events', 'CreateArchive', 'DescribeArchive', 'UpdateArchive', 'DeleteArchive'), [
      here(place, 'events', `archive/${ours(place)}`),
    ]),
    allow(['events:CreateArchive'], [here(place, 'events', `event-bus/${ours(place)}`)]),
  ],
  'AWS::Events::EventBus': (place) => [
    allow(
      actions(
        'events',
        'CreateEventBus',
        'DescribeEventBus',
        'UpdateEventBus',
        'DeleteEventBus',
        ...tags,
        'ListTagsForResource',
      ),
      [here(place, 'events', `event-bus/${ours(place)}`)],
    ),
  ],
  'AWS::Events::Rule': (place) => [
    allow(
      actions(
        'events',
        ...['PutRule', 'DescribeRule', 'DeleteRule', 'EnableRule', 'DisableRule'],
        ...['PutTargets', 'RemoveTargets', 'ListTargetsByRule', ...tags, 'ListTagsForResource'],
      ),
      [here(place, 'events', `rule/${ours(place)}`)],
    ),
    ...passes(place, 'events.amazonaws.com'),
  ],
  'AWS::SES::EmailIdentity': (place) => [
    allow(
      actions(
        'ses',
        ...['CreateEmailIdentity', 'GetEmailIdentity', 'DeleteEmailIdentity', ...tags, 'ListTagsForResource'],
        ...['PutEmailIdentityDkimAttributes', 'PutEmailIdentityDkimSigningAttributes'],
        ...['PutEmailIdentityFeedbackAttributes', 'PutEmailIdentityMailFromAttributes'],
        'PutEmailIdentityConfigurationSetAttributes',
      ),
      [here(place, 'ses', 'identity/*')],
    ),
  ],
  'AWS::SNS::Subscription': topics,
  'AWS::SNS::Topic': topics,
  'AWS::SNS::TopicPolicy': topics,
  'AWS::SQS::Queue': queues,
  'AWS::SQS::QueuePolicy': queues,
};

function topics(place: Place): Statement[] {
  return [
    allow(
      actions(
        'sns',
        ...['CreateTopic', 'GetTopicAttributes', 'SetTopicAttributes', 'DeleteTopic'],
        ...['Subscribe', 'Unsubscribe', 'GetSubscriptionAttributes', 'SetSubscriptionAttributes'],
        ...['ListSubscriptionsByTopic', 'GetDataProtectionPolicy', ...tags, 'ListTagsForResource'],
      ),
      [here(place, 'sns', ours(place))],
    ),
  ];
}

function queues(place: Place): Statement[] {
  return [
    allow(
      actions(
        'sqs',
        ...['CreateQueue', 'GetQueueAttributes', 'SetQueueAttributes', 'DeleteQueue', 'GetQueueUrl'],
        ...['TagQueue', 'UntagQueue', 'ListQueueTags'],
      ),
      [here(place, 'sqs', ours(place))],
    ),
  ];
}
