import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type MetricName, metrics } from '../../shared/config/metrics.ts';
import { exampleConfig, render } from './rendered.ts';

const Widget = z.object({
  type: z.literal('metric'),
  properties: z.object({ title: z.string(), metrics: z.array(z.array(z.unknown())) }),
});

const pages = render(exampleConfig).all('AWS::CloudWatch::Dashboard');
const body = JSON.parse(String(pages[0]?.Properties['DashboardBody']));
const { widgets } = z.object({ widgets: z.array(Widget) }).parse(body);

/** Namespace, name, then dimensions as name and value by turns. */
const ours = widgets
  .flatMap((it) => it.properties.metrics)
  .filter(([namespace]) => namespace === 'Sluice')
  .map(([, name, ...rest]) => ({
    name: name as MetricName,
    dimensions: rest.filter((part, at) => at % 2 === 0 && typeof part === 'string'),
  }));

describe('the dashboard', () => {
  it('is one page, named by its region too: dashboards are global to an account', () => {
    expect(pages.map(({ Properties }) => Properties['DashboardName'])).toEqual([
      'sluice-AWS::Region',
    ]);
    expect(widgets.length).toBeGreaterThan(8);
  });

  it('shows every metric that the functions write, but the excess that only rings', () => {
    const shown = new Set(ours.map(({ name }) => name));
    const hidden = Object.keys(metrics).filter((name) => !shown.has(name as MetricName));
    expect(hidden).toEqual(['WindowExcess']);
  });

  it('reads each under the dimensions that it is written under', () => {
    for (const { name, dimensions } of ours) {
      expect(dimensions, name).toEqual([...metrics[name].dimensions].sort());
    }
  });
});
