import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The client as an emulator answers it that knows no `ReturnValuesOnConditionCheckFailure`. */
export function withoutRefusedItems(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => (call) =>
      next({ ...call, input: { ...call.input, ReturnValuesOnConditionCheckFailure: 'NONE' } }),
    { step: 'initialize', name: 'withoutRefusedItems' },
  );
  return client;
}
