import { describe, expect, it } from 'vitest';
import { type Json, parseJson, stringifyJson } from '../../../../../shared/kernel/json.ts';
import { type Pod, startPod } from '../pod.ts';

const CALL = 'opsramp.call';

const install = (authType: string): Json => ({
  operation: 'integrations.install',
  body: {
    ...{ displayName: `Chat by ${authType}`, category: 'COLLABORATION' },
    inboundConfig: { authentication: { authType } },
  },
});

const event: Json = {
  operation: 'integrations.events.create',
  path: { id: 'INTG-1' },
  body: {
    ...{ name: 'To chat', entity: 'ALERT', eventType: 'CREATE', endPointURI: '/hook' },
    notifier: { type: 'REST_API', baseURI: 'https://chat.example', authType: 'NONE' },
    headers: [{ key: 'authorization', value: 'hushed-header' }],
  },
};

/** What OpsRamp answered of that field, as text. */
function answered(pod: Pod, field: string): Json[] {
  const found: Json[] = [];
  const look = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      if (name === field) found.push(item);
      else look(item);
    }
  };
  pod.tamper((text) => {
    look(parseJson(text));
    return text;
  });
  return found;
}

describe('opsramp.call', () => {
  it.each([
    [
      'activationToken',
      { operation: 'managementProfiles.create', body: { name: 'gw-oslo', type: 'Gateway' } },
    ],
    ['apiKeyPairs', install('OAUTH2')],
    ['webhookUrl', install('WEBHOOK')],
    ['headers', event],
  ])('keeps the %s of an answer nowhere', async (field, params) => {
    const pod = await startPod({}, 'process');
    const secrets = answered(pod, field);
    const harness = pod.harness();
    const job = await harness.run(CALL, params);
    expect(job.status).toBe('succeeded');
    expect(secrets).toHaveLength(1);
    const kept = stringifyJson([await harness.result(job), job.timeline, job.checkpointJson ?? '']);
    expect(kept).not.toContain(field);
    expect(kept).not.toContain(stringifyJson(secrets[0]));
  });

  it('keeps an answer that should hold a secret and is text instead nowhere', async () => {
    const pod = await startPod({}, 'process');
    const fault = { kind: 'raw', body: 'token=hushed', contentType: 'text/plain' } as const;
    pod.simulator.faults.add({ method: 'POST', path: '/api/v2/**', fault });
    const harness = pod.harness();
    const job = await harness.run(CALL, install('OAUTH2'));
    expect(job.status).toBe('succeeded');
    expect(stringifyJson([job, await harness.result(job)])).not.toContain('hushed');
  });
});
