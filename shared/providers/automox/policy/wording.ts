/**
 * What a person reads when a policy field is absent or wrong. Every sentence is a remedy that
 * completes "<field> …", so that the path and the sentence together say what to write instead.
 */
import * as z from 'zod';

type Issue = z.core.$ZodRawIssue;

/** zod options: `remedy` where the value is wrong, "is missing: it …" where there is none. */
export const says = (remedy: string) => ({
  error: (issue: Issue) => (issue.input === undefined ? `is missing: it ${remedy}` : remedy),
  abort: true,
});

/** `"a", "b" or "c"`, for sentences that list what is allowed. */
export function quoted(values: readonly (string | number)[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** An optional true or false; policies read from the vendor carry null for unset. */
export const flag = () => z.boolean(says('must be true or false')).nullish();
