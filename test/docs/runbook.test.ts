import { describe, expect, it } from 'vitest';
import { exampleConfig, render } from '../infra/rendered.ts';
import { getPage } from './pages.ts';

const LINK = /See (\S+\.md)#(\S+)$/;

const alarms = render(exampleConfig)
  .all('AWS::CloudWatch::Alarm')
  .map(({ Properties }) => ({
    name: String(Properties['AlarmName']),
    description: String(Properties['AlarmDescription']),
  }));

describe('S25 the runbook', () => {
  it.each(alarms)('has the article of $name, with what the alarm means', ({ description }) => {
    const [, path = '', article = ''] = LINK.exec(description) ?? [];
    const page = getPage(path);
    expect(page.anchors).toContain(article);
    const meaning = description.replace(LINK, '').trim().replaceAll('’', "'");
    const section = page.text.split(/^## /m).find((text) => text.startsWith(`${article}\n`));
    expect(section?.replaceAll('\n', ' ')).toContain(`*${meaning}*`);
    expect(section).toMatch(/\*\*Investigation\.\*\*[\s\S]{80,}\*\*Resolution\.\*\*[\s\S]{40,}/);
  });
});
