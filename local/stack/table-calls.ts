import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type AwsService, nameOperation } from '../emulators/endpoint/aws-service.ts';
import { itemBytes } from './item-size.ts';

/** One answered call of DynamoDB. The endpoint's own listener knows of no tables. */
export interface TableCall {
  readonly operation: string;
  readonly table: string;
  readonly status: number;
  /** The item that a PutItem stores, by its key and its size. */
  readonly item?: { readonly id: string | undefined; readonly bytes: number };
}

/** `service`, which is DynamoDB, telling `onTableCall` of each call once it is answered. */
export function tellingTableCalls<T extends AwsService>(
  service: T,
  onTableCall: ((call: TableCall) => void) | undefined,
): T {
  if (!onTableCall) return service;
  return {
    ...service,
    async handle(request) {
      const response = await service.handle(request);
      const { TableName: table = '', Item } = JSON.parse(request.body.toString() || '{}') as {
        TableName?: string;
        Item?: Record<string, AttributeValue>;
      };
      const item = Item && { id: Item['id']?.S, bytes: itemBytes(Item) };
      const operation = nameOperation(service, request);
      onTableCall({ operation, table, status: response.status, ...(item && { item }) });
      return response;
    },
  };
}
