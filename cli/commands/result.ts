import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { UnreachableError } from '../api-error.ts';
import { describeFailure } from '../describe-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import { Interrupted } from '../io.ts';
import type { Command } from './command.ts';
import { parseJobId } from './job-id.ts';

/** What a large result is stored as, and so what the link to it gives. */
const STORED_TYPE = 'application/gzip';

export const result: Command = {
  name: 'result',
  about: "stream a job's result: JSON, or NDJSON with one row a line",
  usage: ['result ID > FILE'],
  options: [],
  words: { min: 1, max: 1 },
  async run({ args, connect, io }) {
    const answer = await connect().openResult(parseJobId(args));
    if (answer.body === null) return exitCodes.ok;
    const body = Readable.fromWeb(answer.body as ReadableStream);
    const isStored = answer.headers.get('content-type') === STORED_TYPE;
    const steps = isStored ? [body, createGunzip()] : [body];
    try {
      await pipeline([...steps, io.stdout], { end: false, signal: io.interrupted });
    } catch (error) {
      if (io.interrupted.aborted) throw new Interrupted('stopped', { cause: error });
      throw new UnreachableError(`the result was cut off: ${describeFailure(error)}`, {
        cause: error,
      });
    }
    return exitCodes.ok;
  },
};
