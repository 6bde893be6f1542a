import { AwsError } from '../endpoint/aws-error.ts';

export interface ByteRange {
  readonly from: number;
  /** The last byte that belongs to it. */
  readonly to: number;
}

/** `bytes=2-4`, `bytes=2-` and `bytes=-3`; anything else means the whole object, as on S3. */
export function findByteRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (from >= sizeBytes || from > to) {
    throw new AwsError('InvalidRange', 'The range is not satisfiable.', { status: 416 });
  }
  return { from, to };
}
