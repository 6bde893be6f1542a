/** The plots of the page, each an SVG document. Pure. */

import type { Figures } from '../figures.ts';
import type { CostPoint } from '../virtual/cost-by-backlog.ts';
import { dot, GRID, line, OVER, palette, rectangle, svgDocument, text, WITHIN } from './svg.ts';

const WIDTH = 860;
const PANEL_HEIGHT = 96;
const LEFT = 190;
const RIGHT = 20;

/** A panel a row: at each call, how many the window that ends with it holds. */
export function plotCourses(title: string, figures: readonly Figures[]): string {
  const lastAt = Math.max(1, ...figures.flatMap(({ course }) => course.at(-1)?.atWindows ?? 0));
  const x = (atWindows: number): number => LEFT + (atWindows / lastAt) * (WIDTH - LEFT - RIGHT);
  const panels = figures.flatMap((it, index) => coursePanel(it, 50 + index * PANEL_HEIGHT, x));
  const height = 80 + figures.length * PANEL_HEIGHT;
  const ticks = Array.from({ length: Math.floor(lastAt) + 1 }, (_, windows) =>
    text(x(windows), height - 22, String(windows), { anchor: 'middle', size: 9 }),
  );
  return svgDocument(WIDTH, height, title, [
    text(16, 24, title, { size: 14, weight: 'bold' }),
    ...panels,
    ...ticks,
    text(WIDTH / 2, height - 6, 'windows since the first call', { anchor: 'middle' }),
  ]);
}

function coursePanel(
  { row, course, limit, fullest }: Figures,
  top: number,
  x: (atWindows: number) => number,
): readonly string[] {
  const bottom = top + PANEL_HEIGHT - 26;
  const tallest = Math.max(2 * limit, Math.min(fullest, 4 * limit));
  const y = (held: number): number => bottom - (Math.min(held, tallest) / tallest) * (bottom - top);
  return [
    text(16, top + 24, row, { weight: 'bold' }),
    text(16, top + 40, `fullest window: ${fullest}`, { size: 10 }),
    line(
      [
        [LEFT, bottom],
        [WIDTH - RIGHT, bottom],
      ],
      GRID,
    ),
    line(
      [
        [LEFT, y(limit)],
        [WIDTH - RIGHT, y(limit)],
      ],
      GRID,
      true,
    ),
    text(LEFT - 6, y(limit) + 4, String(limit), { anchor: 'end', size: 9 }),
    ...course.map(({ atWindows, held }) =>
      rectangle(x(atWindows) - 1, y(held), 3, bottom - y(held), held > limit ? OVER : WITHIN),
    ),
  ];
}

/** A bar a row, on a logarithmic scale; a row without a value says so. */
export function plotBars(
  title: string,
  unit: string,
  bars: readonly { readonly name: string; readonly value: number | undefined }[],
): string {
  const values = bars.flatMap(({ value }) => value ?? []);
  const least = Math.min(...values) / 2;
  const span = Math.log10(Math.max(...values) / least) || 1;
  const length = (value: number): number =>
    (Math.log10(value / least) / span) * (WIDTH - LEFT - 90);
  const rows = bars.flatMap(({ name, value }, index) => {
    const y = 44 + index * 26;
    const label = text(LEFT - 8, y + 14, name, { anchor: 'end' });
    if (value === undefined) return [label, text(LEFT, y + 14, 'not within the run')];
    const shown = `${value >= 10 ? Math.round(value) : value.toFixed(1)} ${unit}`;
    const colour = index === 0 ? WITHIN : GRID;
    return [
      label,
      rectangle(LEFT, y, length(value), 18, colour),
      text(LEFT + length(value) + 6, y + 14, shown),
    ];
  });
  return svgDocument(WIDTH, 60 + bars.length * 26, title, [
    text(16, 24, `${title} (logarithmic)`, { size: 14, weight: 'bold' }),
    ...rows,
  ]);
}

const HEIGHT = 380;
const TOP = 44;
const BOTTOM = HEIGHT - 50;

/** A line a row, both axes logarithmic. */
export const plotCost = (points: readonly CostPoint[]): string =>
  plotUsd(
    'USD a million jobs, by how many wait',
    'jobs waiting',
    points.map(({ row, waiting, usdPerMillionJobs }) => ({
      row,
      jobs: waiting,
      usd: usdPerMillionJobs,
    })),
  );

export interface UsdPoint {
  readonly row: string;
  readonly jobs: number;
  readonly usd: number;
}

export function plotUsd(title: string, axis: string, points: readonly UsdPoint[]): string {
  const rows = [...new Set(points.map(({ row }) => row))];
  const sizes = [...new Set(points.map(({ jobs }) => jobs))];
  const amounts = points.map(({ usd }) => usd);
  const fromUsd = decadeBelow(Math.min(...amounts));
  const toUsd = Math.ceil(Math.log10(Math.max(...amounts)));
  const [fromSize, toSize] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  const right = WIDTH - 170;
  const x = (size: number): number =>
    70 + ((Math.log10(size) - fromSize) / (toSize - fromSize || 1)) * (right - 70);
  const y = (value: number): number =>
    BOTTOM - ((Math.log10(value) - fromUsd) / (toUsd - fromUsd || 1)) * (BOTTOM - TOP);
  const decades = Array.from({ length: toUsd - fromUsd + 1 }, (_, i) => 10 ** (fromUsd + i));
  return svgDocument(WIDTH, HEIGHT, title, [
    text(16, 24, title, { size: 14, weight: 'bold' }),
    ...decades.flatMap((value) => [
      line(
        [
          [70, y(value)],
          [right, y(value)],
        ],
        GRID,
      ),
      text(62, y(value) + 4, `$${value.toLocaleString('en-US')}`, { anchor: 'end' }),
    ]),
    ...sizes.map((size) =>
      text(x(size), BOTTOM + 18, size.toLocaleString('en-US'), { anchor: 'middle' }),
    ),
    text((70 + right) / 2, HEIGHT - 10, axis, { anchor: 'middle' }),
    ...rows.flatMap((row, index) => {
      const own = points.filter((point) => point.row === row);
      const colour = palette[index % palette.length] ?? GRID;
      const last = own.at(-1);
      return [
        line(
          own.map((it) => [x(it.jobs), y(it.usd)] as const),
          colour,
        ),
        ...own.map((it) => dot(x(it.jobs), y(it.usd), colour)),
        ...(last ? [text(right + 10, y(last.usd) + 4, row)] : []),
      ];
    }),
  ]);
}

const decadeBelow = (value: number): number => Math.floor(Math.log10(value));
