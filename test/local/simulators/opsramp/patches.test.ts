import { describe, expect, it } from 'vitest';
import type { OpsRampSimulatorOptions } from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import { createClientTenant } from './client-tenant.ts';

interface PatchRow {
  readonly installedStatus: string;
  readonly patch: { readonly id: string };
}

function setUp(settings: OpsRampSimulatorOptions['settings'] = { patchFailureShare: 0 }) {
  const test = createClientTenant({ settings });
  const { id } = test.server();
  const rows = (keys: string) =>
    test
      .call('GET', '/resources/patches', {
        query: { queryString: `resourceUUID:${id}+${keys}` },
      })
      .json<{ results: PatchRow[] }>().results;
  const missing = rows('patchStatus:MISSING').map(({ patch }) => patch.id);
  const approve = (ids: unknown, verb = 'approve') =>
    test.call('POST', `/resources/${id}/patches/${verb}`, { body: ids });
  const configure = (body: object) =>
    test.call('POST', '/patches/configurations', { body }).json<{ id: string }>().id;
  const entities = [{ resource: { id, type: 'DEVICE' } }];
  const install = () => {
    const job = { patchConfigName: 'monthly', scheduleJob: { entities } };
    const path = `/patches/configurations/${configure(job)}/run`;
    return { path, run: (body: object) => test.call('POST', path, { body }) };
  };
  return { ...test, id, rows, missing, approve, entities, install };
}

describe('OpsRamp patch approval', () => {
  it('takes what it knows, and names the rest inside a success', () => {
    const { rows, missing, approve } = setUp();
    expect(missing.length).toBeGreaterThan(1);
    expect(approve([...missing, 'PATCH-none']).json()).toEqual({
      totalPatches: missing.length + 1,
      approvedPatches: missing.length,
      invalidPatches: ['PATCH-none'],
    });
    expect(rows('approvalStatus:APPROVED')).toHaveLength(missing.length);
    expect(approve(missing, 'unapprove').json()).toMatchObject({
      unApprovedPatches: missing.length,
    });
    expect(rows('approvalStatus:APPROVED')).toEqual([]);
  });

  it('takes one patch by its path, and refuses an empty list', () => {
    const { call, id, rows, missing, approve } = setUp();
    const path = `/resources/${id}/patches/${missing[0]}`;
    expect(call('POST', `${path}/APPROVE`)).toMatchObject({ status: 200, text: '' });
    expect(rows('approvalStatus:APPROVED')).toHaveLength(1);
    call('POST', `${path}/NOT_APPROVE`);
    expect(rows('approvalStatus:APPROVED')).toEqual([]);
    expect(call('POST', `/resources/${id}/patches/none/APPROVE`).status).toBe(500);
    expect(approve([]).status).toBe(400);
  });
});

describe('OpsRamp patch installation', () => {
  it('goes from waiting over progress to completed, for what is approved alone', () => {
    const { rows, missing, approve, install, wait } = setUp();
    const wanted = missing.slice(0, 1);
    approve(wanted);
    expect(install().run({ reason: 'monthly' })).toMatchObject({ status: 200, text: '' });
    const statuses = () => rows('approvalStatus:APPROVED').map((row) => row.installedStatus);
    expect(statuses()).toEqual(['NEED_TO_INSTALL']);
    wait(10_000);
    expect(statuses()).toEqual(['INPROGRESS']);
    wait(10_000);
    expect(rows('approvalStatus:APPROVED')).toMatchObject([
      {
        ...{ installedStatus: 'COMPLETED', installedResult: '0x0', patchStatus: 'INSTALLED' },
        installedTime: '2026-03-28 15:53:07',
      },
    ]);
    expect(rows('patchStatus:MISSING')).toHaveLength(missing.length - 1);
  });

  it('fails with a code of its own, and leaves the patch missing', () => {
    const { rows, missing, approve, install, wait } = setUp({ patchFailureShare: 1 });
    approve(missing.slice(0, 1));
    install().run({ reason: 'monthly' });
    wait(20_000);
    expect(rows('installedStatus:FAILED')).toMatchObject([
      { patchStatus: 'MISSING', installedResult: '0x80070643' },
    ]);
  });

  it('tells when it was triggered and done, by resource and by configuration', () => {
    const { call, id, missing, approve, install, wait } = setUp();
    approve(missing);
    const { path, run } = install();
    run({ reason: 'monthly' });
    wait(20_000);
    const row = {
      device: { id },
      installStatus: {
        lastPatchTriggeredDate: '2026-03-28T15:52:47+0000',
        lastPatchInstalledDate: '2026-03-28T15:53:07+0000',
      },
    };
    expect(call('GET', `/resources/${id}/patches/install/status`).json()).toMatchObject(row);
    const byJob = path.replace('/configurations', '').replace('/run', '/install/status');
    expect(call('GET', byJob).json()).toMatchObject({ totalResults: 1, results: [row] });
  });

  it('needs a reason, and a configuration that exists', () => {
    const { call, install } = setUp();
    expect(install().run({}).status).toBe(400);
    const body = { reason: 'monthly' };
    expect(call('POST', '/patches/configurations/none/run', { body }).status).toBe(500);
    expect(call('POST', '/patches/configurations', { body: {} }).status).toBe(400);
  });

  it('makes two configurations of the same name', () => {
    const { call } = setUp();
    const body = { patchConfigName: 'twice' };
    for (const _ of [1, 2]) call('POST', '/patches/configurations', { body });
    const page = call('GET', '/patches/configurations/search').json<{
      results: { id: string }[];
    }>();
    expect(page.results).toHaveLength(2);
    const [first] = page.results;
    expect(call('GET', `/patches/configurations/${first?.id}`).json()).toMatchObject(body);
  });

  it('never begins on a resource that is away', () => {
    const test = setUp();
    test.approve(test.missing);
    test.call('POST', `/resources/${test.id}/decommission`);
    test.install().run({ reason: 'monthly' });
    test.wait(20_000);
    expect(test.rows('installedStatus:NEED_TO_INSTALL')).toHaveLength(test.missing.length);
  });
});

describe('OpsRamp patch scan', () => {
  it('is pending, then in progress, then has a new date', () => {
    const { call, id, wait } = setUp();
    const scan = () =>
      call('GET', `/resources/${id}/patches/scan/status`).json<{ scanStatus: object }>().scanStatus;
    const before = scan();
    expect(before).toMatchObject({ lastPatchScanStatus: 'success' });
    expect(call('POST', '/patches/compliance/PATCHCOMP-1/run')).toMatchObject({ text: '' });
    expect(scan()).toEqual({ ...before, lastPatchScanStatus: 'pending' });
    wait(10_000);
    expect(scan()).toEqual({ ...before, lastPatchScanStatus: 'inprogress' });
    wait(10_000);
    expect(scan()).toMatchObject({
      lastPatchScanStatus: 'success',
      lastPatchScanDate: '2026-03-28T15:53:07+0000',
    });
  });

  it('fails where nobody is there', () => {
    const { call, id, wait } = setUp();
    call('POST', `/resources/${id}/decommission`);
    call('POST', '/patches/compliance/PATCHCOMP-1/run');
    wait(20_000);
    expect(call('GET', `/resources/${id}/patches/scan/status`).json()).toMatchObject({
      scanStatus: { lastPatchScanStatus: 'failed' },
    });
  });

  it('is part of a job of the patching kind, which installs too', () => {
    const { call, entities, missing, approve, rows, wait } = setUp();
    approve(missing);
    const script = { jobType: 'missingPatchesDownloadUpdate' };
    const body = { name: 'patch', entities, script };
    const { id } = call('POST', '/jobs', { body }).json<{ id: string }>();
    call('GET', `/jobs/${id}/run`, { body: { reason: 'now' } });
    wait(20_000);
    expect(rows('patchStatus:MISSING')).toEqual([]);
    expect(call('GET', `/patches/${id}/scan/status`).json()).toMatchObject({
      results: [{ scanStatus: { lastPatchScanDate: '2026-03-28T15:53:07+0000' } }],
    });
  });
});
