import * as z from 'zod';
import { JobRequest } from '../../shared/jobs/job-request.ts';
import type { JobCatalog } from '../../shared/jobs/job-type.ts';

/** Every job type with the JSON Schema of its whole message: what an editor or a form needs. */
export const describeJobTypes = (catalog: JobCatalog) =>
  catalog.list().map(({ type, provider, description, budget, params, example }) => ({
    type,
    provider,
    description,
    budget,
    schema: messageSchema(type, z.toJSONSchema(params, schemaOptions)),
    example: { type, account: 'acme', params: example },
  }));

const schemaOptions = { io: 'input', unrepresentable: 'any' } as const;

function messageSchema(type: string, params: z.core.JSONSchema.BaseSchema) {
  // References of a schema count from the root of the document: its definitions go there.
  const { $schema: _own, $defs: definitions, ...paramsSchema } = params;
  const message = z.toJSONSchema(JobRequest, schemaOptions);
  return {
    ...message,
    ...(definitions && { $defs: { ...message.$defs, ...definitions } }),
    properties: { ...message.properties, type: { const: type }, params: paramsSchema },
    required: ['type', 'account', 'params'],
  };
}
