/**
 * One Lambda execution environment as a process of its own: loads a handler once, then takes one
 * invocation at a time. Started by `startEnvironment`, spoken to over the process channel.
 */
import type { Answer, Invocation } from './messages.ts';

const [handlerFile = '', functionName = ''] = process.argv.slice(2);

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const { handler } = (await import(handlerFile)) as { handler: Handler };

const send = (answer: Answer): void => {
  process.send?.(answer);
};

process.on('message', (invocation: Invocation) => {
  void answer(invocation).then(send);
});

/** The parent is gone: so is the reason to be here. */
process.on('disconnect', () => process.exit(0));

/** Ctrl-C reaches every process of the terminal: what runs may end, and the parent then ends this one. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

send({ kind: 'ready' });

async function answer({ id, event, deadlineMs }: Invocation): Promise<Answer> {
  const context = {
    awsRequestId: id,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
  try {
    return { kind: 'answered', id, result: await handler(event, context) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', id, error: { name, message } };
  }
}
