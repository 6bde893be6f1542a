/**
 * AWS cron expressions, translated for croner and checked more strictly than croner does.
 *
 * Six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year. Exactly one of
 * the two day fields is `?`.
 * Source: Amazon EventBridge Scheduler user guide, Cron-based schedules.
 */
import { Cron } from 'croner';
import { InvalidScheduleExpression } from './invalid-schedule-expression.ts';

interface Field {
  readonly name: string;
  readonly max: number;
  /** What one item of the comma list may look like. */
  readonly item: RegExp;
}

const RANGE = String.raw`(\*|\d+(-\d+)?)(/\d+)?`;
const MONTHS = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const DAY = '([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)';

const fields: readonly Field[] = [
  { name: 'minutes', max: 59, item: whole(RANGE) },
  { name: 'hours', max: 23, item: whole(RANGE) },
  { name: 'day of month', max: 31, item: whole(String.raw`\?|LW?|\d+W|${RANGE}`) },
  { name: 'month', max: 12, item: whole(`(${MONTHS})(-(${MONTHS}))?|${RANGE}`) },
  {
    name: 'day of week',
    max: 7,
    item: whole(String.raw`\?|L|\*|${DAY}(-${DAY})?(/\d+)?|${DAY}L|${DAY}#[1-5]`),
  },
  { name: 'year', max: 2199, item: whole(RANGE) },
];

/** Far enough for every 29 February that falls on a given weekday; then there is no next run. */
const CANDIDATES_MAX = 1000;

export type NextRun = (afterMs: number) => number | undefined;

/** `text` is what stands between the parentheses. Throws InvalidScheduleExpression. */
export function parseCron(text: string, timeZone: string): NextRun {
  const parts = text.trim().toUpperCase().split(/\s+/);
  if (parts.length !== fields.length) throw invalid('six fields are needed');
  const translated = fields.map((field, at) => translateField(field, parts[at] ?? ''));
  if ((parts[2] === '?') === (parts[4] === '?')) {
    throw invalid('exactly one of day of month and day of week must be ?');
  }
  const cron = compile(translated, timeZone);
  return (afterMs) => {
    let candidate = cron.nextRun(new Date(afterMs));
    // A time that the clocks skip in spring is skipped; croner would move it instead.
    for (let tried = 0; candidate !== null && tried < CANDIDATES_MAX; tried += 1) {
      if (cron.match(candidate)) return candidate.getTime();
      candidate = cron.nextRun(candidate);
    }
    return undefined;
  };
}

function translateField(field: Field, text: string): string {
  return text
    .split(',')
    .map((item) => {
      if (!field.item.test(item)) throw invalid(`"${item}" is no ${field.name}`);
      return translateItem(field, item);
    })
    .join(',');
}

/** `?` is any, `5/10` starts at 5, `5L` is the last fifth weekday, `L` alone is Saturday. */
function translateItem(field: Field, item: string): string {
  if (item === '?') return '*';
  if (field.name === 'day of week') {
    return item === 'L' ? '7' : item.replace(/^(\w+)L$/, '$1#L').replace(/^(\w+)\//, '$1-7/');
  }
  return item.replace(/^(\d+)\//, `$1-${field.max}/`);
}

function compile(translated: readonly string[], timeZone: string): Cron {
  try {
    return new Cron(`0 ${translated.join(' ')}`, {
      timezone: timeZone,
      mode: '7-part',
      alternativeWeekdays: true,
      paused: true,
    });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

const invalid = (reason: string): InvalidScheduleExpression =>
  new InvalidScheduleExpression(`Invalid Schedule Expression cron: ${reason}`);
