/** A schedule expression or time zone that EventBridge Scheduler would refuse. */
export class InvalidScheduleExpression extends Error {
  override readonly name = 'InvalidScheduleExpression';
}
