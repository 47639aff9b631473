// Charts: bars beside the numbers of a table, and columns of days. All figures stand in tables, so that nobody has to see.
import { Link } from 'react-router';
import { count } from '../format';

export interface Bar {
  key: string;
  label: string;
  value: number;
  to?: string;
  isQuiet?: boolean;
}

/** A table of values, the largest first, each with a bar as long as its share of the largest. */
export function Bars({ title, bars, note }: { title: string; bars: Bar[]; note?: string | undefined }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <table className="bars">
      <caption>{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Postings</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row" className={bar.isQuiet ? 'quiet' : undefined}>
              {bar.to ? <Link to={bar.to}>{bar.label}</Link> : bar.label}
              <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="4" className="bar-track" />
                <rect width={(100 * bar.value) / most} height="4" className={bar.isQuiet ? 'bar-quiet' : 'bar-fill'} />
              </svg>
            </th>
            <td className="number">{count(bar.value)}</td>
          </tr>
        ))}
      </tbody>
      {note ? (
        <tfoot>
          <tr>
            <td colSpan={2} className="quiet">
              {note}
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

export interface Day {
  day: string;
  created: number;
  closed: number;
  updated: number;
}

const DAY_MS = 86_400_000;
const HEIGHT = 44;

/** Every day of the range, those without events too. */
function filled(days: Day[], length: number, today: number): Day[] {
  const known = new Map(days.map((it) => [it.day, it]));
  return Array.from({ length }, (_, index) => {
    const day = new Date(today - (length - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, created: 0, closed: 0, updated: 0 };
  });
}

/** What was opened (up) and closed (down) on each of the latest days, and the same as a table to unfold. */
export function Days({ days, length = 30, today = Date.now() }: { days: Day[]; length?: number; today?: number }) {
  const all = filled(days, length, today);
  const most = Math.max(1, ...all.flatMap((it) => [it.created, it.closed]));
  const opened = all.reduce((sum, it) => sum + it.created, 0);
  const closed = all.reduce((sum, it) => sum + it.closed, 0);
  const sizeOf = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / most) * HEIGHT));
  const [up, down] = [sizeOf(Math.max(...all.map((it) => it.created))), sizeOf(Math.max(...all.map((it) => it.closed)))];
  return (
    <figure className="days">
      <svg
        viewBox={`0 ${HEIGHT - up} ${length * 10} ${Math.max(HEIGHT / 2, up + down) + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Within ${length} days ${count(opened)} opened, ${count(closed)} closed`}
      >
        <line x1="0" x2={length * 10} y1={HEIGHT + 1} y2={HEIGHT + 1} className="axis" />
        {all.map((it, index) => (
          <g key={it.day}>
            <title>{`${it.day}: ${it.created} opened, ${it.closed} closed`}</title>
            <rect x={index * 10 + 1.5} width="7" y={HEIGHT - sizeOf(it.created)} height={sizeOf(it.created)} className="opened" />
            <rect x={index * 10 + 1.5} width="7" y={HEIGHT + 2} height={sizeOf(it.closed)} className="closed" />
          </g>
        ))}
      </svg>
      <figcaption>
        <span className="key key-opened">{count(opened)} opened</span>
        <span className="key key-closed">{count(closed)} closed</span>
        <span className="quiet">in {length} days</span>
      </figcaption>
      {days.length > 0 ? (
        <details>
          <summary>As a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" className="number">
                  Opened
                </th>
                <th scope="col" className="number">
                  Updated
                </th>
                <th scope="col" className="number">
                  Closed
                </th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((it) => (
                <tr key={it.day}>
                  <th scope="row">{it.day}</th>
                  <td className="number">{count(it.created)}</td>
                  <td className="number">{count(it.updated)}</td>
                  <td className="number">{count(it.closed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ) : null}
    </figure>
  );
}
