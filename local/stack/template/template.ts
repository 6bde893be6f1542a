/** A synthesized CloudFormation template, as far as the local stack reads it. */
import * as z from 'zod';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';

const Resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.unknown().optional(),
  DeletionPolicy: z.unknown().optional(),
  UpdateReplacePolicy: z.unknown().optional(),
  Metadata: z.unknown().optional(),
});
export type Resource = z.infer<typeof Resource>;

const Template = z.object({ Resources: z.record(z.string(), Resource) });
export type Template = z.infer<typeof Template>;

/** Throws `request.invalid` where it is no template, or has resources made under a condition. */
export function parseTemplate(value: unknown): Template {
  const parsed = Template.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal('the template', z.prettifyError(parsed.error));
}

/** What the reader does not know it refuses: a guess would test something else than is deployed. */
export const refusal = (where: string, problem: string): SluiceError =>
  new SluiceError('request.invalid', `${where}: ${problem}`);
