import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from '../../../../local/emulators/s3/aws-chunked.ts';

const encode = (chunks: readonly Uint8Array[], trailer: string): Buffer =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)};chunk-signature=0\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`0\r\n${trailer}\r\n\r\n`),
  ]);

describe('decodeAwsChunked', () => {
  it('joins chunks of any bytes and reads the trailer', () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 });
    fc.assert(
      fc.property(chunks, (parts) => {
        const decoded = decodeAwsChunked(encode(parts, 'X-Amz-Checksum-Crc32: abc='));

        expect(decoded.body).toEqual(Buffer.concat(parts));
        expect(decoded.trailers).toEqual({ 'x-amz-checksum-crc32': 'abc=' });
      }),
    );
  });

  it.each([
    ['no length', 'hello'],
    ['fewer bytes than announced', '9\r\nhello\r\n0\r\n\r\n'],
    ['no last chunk', '5\r\nhello\r\n'],
  ])('refuses a body with %s', (_what, text) => {
    expect(() => decodeAwsChunked(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'IncompleteBody' }),
    );
  });
});
