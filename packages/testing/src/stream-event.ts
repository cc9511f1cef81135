import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** One change of a table, with plain objects as images. Without `newImage` it is a deletion. */
export interface Change {
  readonly newImage?: Readonly<Record<string, unknown>>;
  readonly oldImage?: Readonly<Record<string, unknown>>;
}

/** A batch of a table's stream; the records' sequence numbers are `100`, `200` and so on. */
export const streamEvent = (...changes: Change[]): DynamoDBStreamEvent => ({
  Records: changes.map(
    ({ newImage, oldImage }, index): DynamoDBRecord => ({
      eventID: `change-${index + 1}`,
      eventName: newImage === undefined ? 'REMOVE' : oldImage === undefined ? 'INSERT' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_600,
        ...(newImage && { NewImage: imageOf(newImage) }),
        ...(oldImage && { OldImage: imageOf(oldImage) }),
        SequenceNumber: String((index + 1) * 100),
        SizeBytes: 100,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:100000000001:table/test/stream/2026-01-01T00:00:00.000',
    }),
  ),
});

/** @types/aws-lambda has its own AttributeValue; it is the SDK's. */
const imageOf = (image: Readonly<Record<string, unknown>>) =>
  marshall(image, { removeUndefinedValues: true }) as NonNullable<
    NonNullable<DynamoDBRecord['dynamodb']>['NewImage']
  >;
