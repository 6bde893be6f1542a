/**
 * Who calls the HTTP API, and whose jobs they may see. A caller is an IAM identity, by the ARN that API
 * Gateway found for the request's signature.
 */
import * as z from 'zod';
import { AccountName } from './account.ts';

/** Names of users and roles as IAM allows them, below a path or not. */
const NAME = '(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,64}';

const CallerArn = z
  .string()
  .regex(
    new RegExp(`^arn:aws[a-z-]{0,16}:iam::\\d{12}:(?:root|(?:user|role)/${NAME})$`),
    'must be the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/NAME',
  );

const Caller = z.strictObject({
  /** Names of the config's accounts, or `*` for each of them. */
  accounts: z.union([z.literal('*'), z.array(AccountName).min(1)], {
    error: 'must be "*" or a list of account names',
  }),
});

export const Callers = z.record(CallerArn, Caller).superRefine((callers, context) => {
  const seen = new Set<string>();
  for (const arn of Object.keys(callers)) {
    const principal = principalOf(arn);
    if (seen.has(principal)) {
      const message = 'names an identity that is there already, below another path';
      context.addIssue({ code: 'custom', path: [arn], message });
    }
    seen.add(principal);
  }
});
export type Callers = z.infer<typeof Callers>;

/** Names of the accounts of which a caller may know, or `*`: all, also those that were once there. */
export type Sight = '*' | readonly string[];

/** Without `callers` whoever IAM lets in sees all; with it, who is not named sees nothing. */
export function createSight(callers: Callers | undefined): (caller: string | undefined) => Sight {
  if (callers === undefined) return () => '*';
  const bound = new Map(Object.entries(callers).map(([arn, it]) => [principalOf(arn), it]));
  return (caller) => (caller === undefined ? [] : (bound.get(principalOf(caller))?.accounts ?? []));
}

/**
 * The identity behind an ARN. A role's session is the role; it names the role without its path. Names
 * are unique in an AWS account whatever their path (IAM User Guide, IAM identifiers).
 */
function principalOf(arn: string): string {
  const [, partition, , , account, resource = ''] = arn.split(':');
  const parts = resource.split('/');
  const kind = parts[0] === 'assumed-role' ? 'role' : parts[0];
  const name = parts[0] === 'assumed-role' ? parts[1] : parts.at(-1);
  return [partition, account, kind, name].join(':');
}
