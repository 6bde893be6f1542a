/** Stacked bars: what a million jobs of each kind cost, by service. Pure. */
import { GRID, line, palette, rectangle, svgDocument, text } from '../page/svg.ts';
import { type BillLine, totalOf } from './bill.ts';

export interface Bar {
  readonly name: string;
  readonly bill: readonly BillLine[];
}

const WIDTH = 760;
const LEFT = 200;
const RIGHT = 20;
const TOP = 60;
const BAR = 22;
const PITCH = 36;

export function costPlot(bars: readonly Bar[]): string {
  const services = (bars[0]?.bill ?? []).map((it) => it.line);
  const used = services.filter((service) => bars.some(({ bill }) => usdOf(bill, service) > 0));
  const most = Math.max(...bars.map(({ bill }) => totalOf(bill)));
  const height = TOP + bars.length * PITCH + 30;
  const x = (usd: number): number => LEFT + (usd / most) * (WIDTH - LEFT - RIGHT - 60);
  const step =
    10 ** Math.floor(Math.log10(most)) * (most / 10 ** Math.floor(Math.log10(most)) > 5 ? 2 : 1);
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
  return svgDocument(WIDTH, height, 'USD a million jobs, by service', [
    text(LEFT, 18, 'USD a million jobs, by service', { weight: 'bold', size: 13 }),
    ...used.flatMap((service, index) => {
      const at = LEFT + (index % 4) * 135;
      const y = 26 + Math.floor(index / 4) * 16;
      return [rectangle(at, y, 10, 10, colour(index)), text(at + 14, y + 9, service, { size: 10 })];
    }),
    ...ticks.flatMap((usd) => [
      line(
        [
          [x(usd), TOP],
          [x(usd), height - 25],
        ],
        GRID,
      ),
      text(x(usd), height - 10, `$${usd}`, { anchor: 'middle' }),
    ]),
    ...bars.flatMap(({ name, bill }, index) => {
      const y = TOP + index * PITCH + (PITCH - BAR) / 2;
      let from = 0;
      const parts = used.map((service, at) => {
        const usd = usdOf(bill, service);
        const part = rectangle(x(from), y, x(from + usd) - x(from), BAR, colour(at));
        from += usd;
        return part;
      });
      return [
        text(LEFT - 8, y + 15, name, { anchor: 'end' }),
        ...parts,
        text(x(from) + 6, y + 15, `$${from.toFixed(2)}`),
      ];
    }),
  ]);
}

const usdOf = (bill: readonly BillLine[], service: string): number =>
  bill.find((it) => it.line === service)?.usd ?? 0;

const colour = (index: number): string => [...palette, '#999999'][index] ?? '#999999';
