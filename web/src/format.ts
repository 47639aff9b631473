// How values of the graph are written for people. Times are UTC throughout, as in the graph.

const NUMBER = new Intl.NumberFormat('en');

/** A number with its thousands set apart. */
export const count = (value: number): string => NUMBER.format(value);

/** `1 posting`, `2 postings`. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** The day of a time, `2026-05-26`. */
export const day = (time: string | null | undefined): string => time?.slice(0, 10) ?? '-';

/** A time to the second, `2026-05-29 22:41:39Z`. */
export const time = (value: string | null | undefined): string | null =>
  value ? value.replace('T', ' ').replace(/(\.\d+)?Z$/, 'Z') : null;

/** `ON_SITE` → `on_site`: as the record shows values of closed sets. */
export const lower = (value: string | null | undefined): string | null => value?.toLowerCase() ?? null;

const NAMES: Record<string, string> = {
  ON_SITE: 'On-site',
  FULL_TIME: 'Full-time',
  PART_TIME: 'Part-time',
  PER_DIEM: 'Per diem',
  VP: 'VP',
  IT: 'IT',
};

/** `FULL_TIME` → `Full-time`: as sentences and labels show values of closed sets. */
export function name(value: string | null | undefined): string | null {
  if (!value) return null;
  const known = NAMES[value];
  if (known) return known;
  const words = value.replaceAll('_', ' ').toLowerCase();
  return words[0]?.toUpperCase() + words.slice(1);
}

const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [86_400 * 60, 86_400, 'day'],
  [86_400 * 730, 86_400 * 30.44, 'month'],
  [Infinity, 86_400 * 365.25, 'year'],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, `3 days ago`. */
export function ago(value: string, now = Date.now()): string {
  const seconds = (Date.parse(value) - now) / 1_000;
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? STEPS[0]!;
  return RELATIVE.format(Math.round(seconds / size), unit);
}

/** A length of time, `6 h`, `45 min`. */
export function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

interface Pay {
  raw: string;
  min?: string | null;
  max?: string | null;
  currency?: string | null;
  period?: string | null;
}

/** What is paid, `USD 267,393–550,515 a year`; in the posting's words where figures lack a currency. */
export function pay(salary: Pay | null | undefined): string | null {
  if (!salary) return null;
  const amounts = [...new Set([salary.min, salary.max])].filter((it) => it != null).map((it) => count(Number(it)));
  if (amounts.length === 0 || !salary.currency) return salary.raw;
  const period = salary.period ? ` ${salary.period === 'HOUR' ? 'an' : 'a'} ${salary.period.toLowerCase()}` : '';
  return `${salary.currency} ${amounts.join('–')}${period}`;
}

/** Any value on one line, for tables of changes. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
