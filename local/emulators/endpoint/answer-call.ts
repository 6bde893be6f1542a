/** One request from routing to response: finds the service, meets a fault or the real handler. */
import { AwsError } from './aws-error.ts';
import {
  type AwsCall,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  nameOperation,
} from './aws-service.ts';
import type { FaultInjector } from './fault-injector.ts';
import { jsonErrorResponse, jsonFaultResponse } from './json-service.ts';
import { findServiceName } from './route-request.ts';

export interface AnswerOptions {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly faults?: Pick<FaultInjector, 'take'>;
  readonly onCall?: (call: AwsCall) => void;
}

export async function answerCall(
  options: AnswerOptions,
  request: AwsRequest,
): Promise<AwsResponse> {
  const serviceName = findServiceName(request.headers, request.query);
  const service = options.services.get(serviceName ?? '');
  if (service === undefined) return unknownService(serviceName);
  const operation = nameOperation(service, request);
  const response = await meetFaultOr(options.faults, service, operation, request);
  options.onCall?.({
    service: service.name,
    operation,
    status: response.hangUp ? 0 : response.status,
  });
  return response;
}

async function meetFaultOr(
  faults: Pick<FaultInjector, 'take'> | undefined,
  service: AwsService,
  operation: string,
  request: AwsRequest,
): Promise<AwsResponse> {
  const fault = faults?.take(service.name, operation);
  if (fault === undefined) return await service.handle(request);
  if (fault.kind === 'answer-lost') {
    return { ...(await service.handle(request)), hangUp: true };
  }
  return (service.answerFault ?? jsonFaultResponse)(fault);
}

function unknownService(name: string | undefined): AwsResponse {
  const error =
    name === undefined
      ? new AwsError('MissingAuthenticationToken', 'the request is not signed', { status: 403 })
      : new AwsError('UnknownService', `not emulated here: ${name}`, { status: 404 });
  return jsonErrorResponse(error, 'application/json');
}
