import { AwsError } from '../endpoint/aws-error.ts';

/** Throws AccessDenied for a presigned link past its time. The signature is not verified. */
export function refuseExpired(query: URLSearchParams, nowMs: number): void {
  const signedAt = query.get('X-Amz-Date');
  const lifetimeSeconds = query.get('X-Amz-Expires');
  if (signedAt === null || lifetimeSeconds === null) return;
  const signedAtMs = Date.parse(
    signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (nowMs < signedAtMs + Number(lifetimeSeconds) * 1000) return;
  throw new AwsError('AccessDenied', 'Request has expired', { status: 403 });
}
