import { type AwsService, nameOperation } from '../emulators/endpoint/aws-service.ts';

/** One answered call of DynamoDB. The endpoint's own listener knows of no tables. */
export interface TableCall {
  readonly operation: string;
  readonly table: string;
  readonly status: number;
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
      const { TableName: table = '' } = JSON.parse(request.body.toString() || '{}') as {
        TableName?: string;
      };
      onTableCall({ operation: nameOperation(service, request), table, status: response.status });
      return response;
    },
  };
}
