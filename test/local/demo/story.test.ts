import { describe, expect, it } from 'vitest';
import { demoConfig } from '../../../local/demo/demo-config.ts';
import type { PlannedJob } from '../../../local/demo/plan.ts';
import { createStory, HOST, OTHER_HOST, stageOf } from '../../../local/demo/story.ts';
import { targetInput } from '../../../local/emulators/eventbridge/input-transform.ts';
import { renderReaction } from '../../../shared/config/reaction.ts';
import { parseConfig } from '../../../shared/config/sluice-config.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { goodSeen, isBatch, seenWith, story } from './demo-run.ts';
import { createTrio } from './simulated-trio.ts';

const BEGAN_AT_MS = Date.UTC(2026, 2, 1, 2);
const [firstPoll, secondPoll] = story.polls;

const budget = 'automox/acme/servers.batch';
const waiting = { for: 'permit', budget, until: '2026-03-01T02:01:00.000Z' } as const;
const windowFull = seenWith(isBatch, { status: 'waiting', waiting });
const nothingSeen = new Map();

function begin() {
  const sent: PlannedJob[] = [];
  const detected: [string, string][] = [];
  let alertIsOpen = true;
  const told = createStory(story, async (planned) => void sent.push(planned), {
    hasOpenAlert: () => alertIsOpen,
    detect: (host, severity) => void detected.push([host, severity]),
  });
  return {
    ...told,
    sent,
    detected,
    setAlert(open: boolean) {
      alertIsOpen = open;
    },
  };
}

describe('the second act', () => {
  it('begins once batches wait for their window and the alert is open, and never twice', async () => {
    const it = begin();
    it.setAlert(false);
    expect(await it.advance(windowFull)).toBeUndefined();
    it.setAlert(true);
    expect(await it.advance(nothingSeen)).toBeUndefined();
    expect(it.detected).toEqual([]);
    expect(await it.advance(windowFull)).toMatch(/detects a threat on web-01/);
    const pollRuns = new Map(windowFull);
    pollRuns.delete(firstPoll);
    expect(await it.advance(pollRuns)).toBeUndefined();
    expect(it.sent).toEqual([firstPoll]);
    expect(it.detected).toEqual([
      [HOST, 'High'],
      [OTHER_HOST, 'Medium'],
    ]);
  });

  it('does not take a job that waits for the vendor’s work for one that waits for a window', async () => {
    const followUp = { for: 'follow-up', until: '2026-03-01T02:01:00.000Z' } as const;
    const seen = seenWith(isBatch, { status: 'waiting', waiting: followUp });
    expect(await begin().advance(seen)).toBeUndefined();
  });

  it('tells the detections again once the first poll has told them, and then is over', async () => {
    const it = begin();
    await it.advance(windowFull);
    expect(await it.advance(goodSeen)).toMatch(/same detections again/);
    expect(it.sent).toEqual([firstPoll, secondPoll]);
    expect(await it.advance(goodSeen)).toBeUndefined();
    expect(it.sent).toHaveLength(2);
  });
});

describe('the stage of the second act', () => {
  it('sees the alert once OpsRamp shows it, and detects at Cisco AMP', () => {
    let nowMs = BEGAN_AT_MS;
    const trio = createTrio(() => nowMs);
    const stage = stageOf(trio.vendors);
    trio.report(OTHER_HOST, 'endpoint.protection');
    trio.report(HOST, 'system.ping');
    nowMs += seconds(10);
    expect(stage.hasOpenAlert()).toBe(false);
    trio.report(HOST, 'endpoint.protection');
    expect(stage.hasOpenAlert()).toBe(false);
    nowMs += seconds(10);
    expect(stage.hasOpenAlert()).toBe(true);
    stage.detect(HOST, 'High');
    expect(trio.business().state.events.at(-1)).toMatchObject({
      severity: 'High',
      computer: { hostname: HOST },
    });
  });
});

describe('the reactions of the demo', () => {
  const { reactions } = parseConfig(demoConfig());
  const jobs = Object.entries(reactions).map(([name, reaction]) => {
    const { inputPaths: InputPathsMap, template: InputTemplate } = renderReaction(name, reaction);
    const event = { detail: { id: 'amp/globex/7', hostname: HOST } };
    const rule = { name, arn: '', atMs: 0 };
    return JSON.parse(
      targetInput({ InputTransformer: { InputPathsMap, InputTemplate } }, event, rule),
    );
  });

  it('make of the detection the jobs that the plan expects', () => {
    expect(jobs).toMatchObject(story.reactions.map(({ message }) => message));
  });
});
