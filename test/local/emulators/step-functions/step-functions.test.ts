import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import {
  createStepFunctions,
  type StepFunctions,
} from '../../../../local/emulators/step-functions/step-functions.ts';
import { clientOptions } from '../endpoint/client-options.ts';

let endpoint: Endpoint;
let service: StepFunctions;
let client: SFNClient;
beforeEach(async () => {
  service = createStepFunctions({ clock: { nowMs: () => 5 } });
  endpoint = await startEndpoint({ services: [service] });
  client = new SFNClient(clientOptions(endpoint.url));
});
afterEach(() => endpoint.close());

const succeed = (taskToken: string, output = '{}') =>
  client.send(new SendTaskSuccessCommand({ taskToken, output }));

describe('task answers', () => {
  it('are kept in the order in which they came', async () => {
    await client.send(new SendTaskHeartbeatCommand({ taskToken: 'a' }));
    await succeed('a', '{"jobId":"1"}');
    await client.send(new SendTaskFailureCommand({ taskToken: 'b', error: 'E', cause: 'why' }));

    expect(service.answers()).toEqual([
      { kind: 'heartbeat', taskToken: 'a', atMs: 5 },
      { kind: 'success', taskToken: 'a', atMs: 5, output: { jobId: '1' } },
      { kind: 'failure', taskToken: 'b', atMs: 5, error: 'E', cause: 'why' },
    ]);
  });

  it('are taken once for one token', async () => {
    await succeed('a');

    await expect(succeed('a')).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect(service.answers()).toHaveLength(1);
  });

  it('are refused without a usable token or output', async () => {
    await expect(succeed('x'.repeat(2049))).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(succeed('a', '{')).rejects.toMatchObject({ name: 'InvalidOutput' });
    expect(service.answers()).toEqual([]);
  });

  it('hold 256 KiB of output, counted in bytes', async () => {
    const quoted = (text: string) => JSON.stringify(text);
    await succeed('full', quoted('é'.repeat(131_071)));
    await expect(succeed('over', quoted('é'.repeat(131_072)))).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    expect(service.answers()).toHaveLength(1);
  });
});
