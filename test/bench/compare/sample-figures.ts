import type { Figures } from '../../../bench/compare/figures.ts';

/** A run of a row in which nothing went wrong; `more` is laid over it. */
export const sampleFigures = (row: string, more: Partial<Figures> = {}): Figures => ({
  row,
  scenario: 'steady',
  windowMs: 2_000,
  limit: 5,
  jobs: 40,
  served: 40,
  fullest: 5,
  violating: 0,
  throttled: 0,
  lost: 0,
  open: 0,
  duplicates: 0,
  kills: 0,
  course: [],
  ...more,
});
