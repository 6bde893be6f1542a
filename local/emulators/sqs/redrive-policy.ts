/** RedrivePolicy and RedriveAllowPolicy: JSON texts in a queue's attributes. */
import * as z from 'zod';
import { invalidParameter } from './errors.ts';
import { limits } from './limits.ts';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** A message that was received this often goes to the dead-letter queue instead of a consumer. */
  readonly maxReceiveCount: number;
}

const RedrivePolicyJson = z.object({
  deadLetterTargetArn: z.string().startsWith('arn:'),
  maxReceiveCount: z.coerce.number().int().min(1).max(limits.maxReceiveCountMax.value),
});

const RedriveAllowPolicyJson = z.object({
  redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
  sourceQueueArns: z.array(z.string()).max(10).optional(),
});

/** Throws `InvalidParameterValue` if `text` is no redrive policy. */
export const parseRedrivePolicy = (text: string): RedrivePolicy =>
  parsePolicy(text, 'RedrivePolicy', RedrivePolicyJson);

/** Whether the dead-letter queue's own policy lets `sourceArn` use it; without one, all may. */
export function allowsSource(allowPolicy: string | undefined, sourceArn: string): boolean {
  if (allowPolicy === undefined) return true;
  const policy = parsePolicy(allowPolicy, 'RedriveAllowPolicy', RedriveAllowPolicyJson);
  if (policy.redrivePermission === 'byQueue') {
    return policy.sourceQueueArns?.includes(sourceArn) ?? false;
  }
  return policy.redrivePermission === 'allowAll';
}

export function checkRedriveAllowPolicy(text: string): void {
  parsePolicy(text, 'RedriveAllowPolicy', RedriveAllowPolicyJson);
}

function parsePolicy<T>(text: string, parameter: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parseJsonText(text, parameter));
  if (result.success) return result.data;
  throw invalidParameter(text, parameter, result.error.issues.map((i) => i.message).join('; '));
}

function parseJsonText(text: string, parameter: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter(text, parameter, 'Must be valid JSON.');
  }
}
