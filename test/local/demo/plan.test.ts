import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { demoConfig, FLEET_DEVICES, ORGANIZATION_ID } from '../../../local/demo/demo-config.ts';
import { BATCH_JOBS, planJobs } from '../../../local/demo/plan.ts';
import { nextRunAtMs } from '../../../local/emulators/scheduler/schedule-expression.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import { parseConfig } from '../../../shared/config/sluice-config.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { parseJobRequest } from '../../../shared/jobs/parse-job-request.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { checkConfig } from '../../../shared/providers/check-config.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';
import { firstAct, isBatch, plan } from './demo-run.ts';

const NOW_MS = Date.UTC(2026, 11, 31, 23, 59);

describe('the plan of the demo', () => {
  it('uses every way in', () => {
    expect(new Set(plan.map(({ way }) => way))).toEqual(
      new Set(['http', 'queue', 'webhook', 'event', 'schedule', 'reaction']),
    );
  });

  it('sends more batches than a minute allows, each for a device of its own', () => {
    const batches = firstAct.filter(isBatch);
    expect(batches).toHaveLength(BATCH_JOBS);
    const devices = batches.map(({ message }) => JSON.stringify(message['params'] ?? message));
    expect(new Set(devices).size).toBe(BATCH_JOBS);
  });

  it('is made of messages that Sluice takes, but for the one that should be refused', () => {
    const { accounts } = parseConfig(demoConfig());
    const rules = { catalog: createJobCatalog(), accounts };
    const refused = plan
      .filter(({ way }) => way !== 'webhook')
      .filter(({ message }) => {
        try {
          return !parseJobRequest(message, rules, NOW_MS);
        } catch (error) {
          return error instanceof SluiceError;
        }
      });
    expect(refused.map(({ label }) => label)).toEqual(['a wrong job']);
    expect(plan.filter(({ expected }) => expected === 'rejected')).toEqual(refused);
  });

  it('asks each vendor for something', () => {
    const typed = plan.filter(({ way }) => way !== 'webhook');
    const vendors = typed.map(({ message }) => String(message['type']).split('.')[0]);
    expect(new Set(vendors)).toEqual(new Set(['automox', 'opsramp', 'amp']));
  });

  it('is about a policy and a group that are there and not linked yet', () => {
    const org = createAutomoxSimulator().org(ORGANIZATION_ID);
    const apply = planJobs(org).find(({ way }) => way === 'event')?.message['params'];
    const { policyId, groupId } = z.object({ policyId: z.int(), groupId: z.int() }).parse(apply);
    expect(org.groups.has(groupId)).toBe(true);
    expect(org.policies.get(policyId)?.server_groups).not.toContain(groupId);
  });
});

describe('the config of the demo', () => {
  it('is valid, and its schedule fires a minute after it was made', () => {
    const config = parseConfig(demoConfig());
    checkConfig(config, NOW_MS);
    const { when = '', timeZone = '' } = config.schedules['inventory'] ?? {};
    expect(nextRunAtMs(when, timeZone, NOW_MS)).toBe(NOW_MS + minutes(1));
  });

  it('belongs to a fleet of the size that the summary expects', () => {
    const { devices } = createAutomoxSimulator({ fleet: { devices: FLEET_DEVICES } }).org(
      ORGANIZATION_ID,
    );
    expect(devices.size).toBe(1_500);
  });
});
