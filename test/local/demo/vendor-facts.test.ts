import { describe, expect, it } from 'vitest';
import { HOST, OTHER_HOST } from '../../../local/demo/story.ts';
import { askVendors } from '../../../local/demo/vendor-facts.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { createTrio } from './simulated-trio.ts';

function createFacts() {
  let nowMs = Date.UTC(2026, 2, 1, 2);
  const trio = createTrio(() => nowMs);
  nowMs += seconds(5);
  const beganAtMs = nowMs;
  return {
    trio,
    pass: (ms: number) => {
      nowMs += ms;
    },
    ask: () => askVendors(trio.vendors, beganAtMs),
  };
}

describe('askVendors', () => {
  it('finds nothing where nothing happened, whatever was before', () => {
    expect(createFacts().ask()).toMatchObject({ tagged: [], alerts: [], detections: [] });
  });

  it('tells of tags, alerts and detections as the vendors have them', () => {
    const { trio, pass, ask } = createFacts();
    trio.business().detect({ computer: HOST, severity: 'High' });
    trio.report(HOST, 'a');
    trio.report('build-03', 'b');
    pass(seconds(10));
    const device = trio.devices().find(({ name }) => name === HOST);
    if (device) device.tags = ['detected'];
    expect(ask()).toMatchObject({
      tagged: [{ host: HOST, tags: ['detected'] }],
      alerts: [{ host: HOST, status: 'Open', acknowledged: false }],
      detections: [{ host: HOST, severity: 'High' }],
    });
  });

  it('tells of an acknowledged alert wherever it is', () => {
    const { trio, pass, ask } = createFacts();
    trio.report(OTHER_HOST, 'a');
    pass(seconds(10));
    const [alert] = trio.alerts();
    if (alert) alert.acknowledged = true;
    expect(ask().alerts).toMatchObject([{ host: OTHER_HOST, acknowledged: true }]);
  });

  it('brings the audit of each vendor', () => {
    const { audits } = createFacts().ask();
    expect(audits.map(({ vendor }) => vendor)).toEqual(['automox', 'opsramp', 'amp']);
  });
});
