/** The function failed: it threw, ran out of time, or its process ended. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}
