import * as z from 'zod';

const EXPRESSION = /^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|minutes|hour|hours|day|days)\))$/;

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** A job that EventBridge Scheduler submits; the same expressions, the same time zones. */
export const Schedule = z.strictObject({
  when: z
    .string()
    .regex(EXPRESSION, 'must be an EventBridge expression: cron(0 2 * * ? *) or rate(5 minutes)'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as America/Denver')
    .default('UTC'),
  /** The job message; checked against its type when the stack is built or started. */
  job: z.record(z.string(), z.json()),
  enabled: z.boolean().default(true),
});
export type Schedule = z.infer<typeof Schedule>;

/**
 * The message a schedule sends. EventBridge Scheduler delivers at least once; the scheduled time is the
 * same however often it delivers, whereas the execution id is new for every attempt (Scheduler user
 * guide: Adding context attributes), so the time is what keys the job.
 */
export const scheduledMessage = (
  name: string,
  { job }: Pick<Schedule, 'job'>,
): Readonly<Record<string, unknown>> => ({
  idempotencyKey: `schedule:${name}:<aws.scheduler.scheduled-time>`,
  ...job,
});
