// The tables of a job's page: its facts, what it has in common with others, the full record, and how values are known.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { count, day, lower, name, time } from '../format';
import type { Job } from './job';

export function Facts({ job }: { job: Job }) {
  const place = [job.city, job.country].filter((part) => part).join(', ');
  const work = [name(job.workplaceType) ?? '-', name(job.remotePolicy) ?? '-'].join(' / ');
  const rows: [string, ReactNode][] = [
    ['Company', <Link to={`/orgs/${job.org.orgId}`}>{job.org.name}</Link>],
    ['Title', job.title],
    ['Normalized title', job.normalizedTitle],
    ['Department / team', [job.department, job.team].filter((part) => part).join(' / ')],
    ['Location', place],
    ['Work model', work === '- / -' ? null : work],
    ['Employment type', job.employmentTypeRaw],
    ['Salary', job.salaryRaw],
    ['Status', lower(job.status)],
    ['ATS provider', job.providerLabel],
    ['Posted / first seen', `${job.postedOn} / ${day(job.firstSeenAt)}`],
    ['Changed / last seen', `${day(job.lastChangedAt)} / ${day(job.lastSeenAt)}`],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Job facts</h2>
      <table className="pairs">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value || '-'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Slice {
  page: string;
  holds: string;
  to?: string | undefined;
  total?: number | undefined;
}

const found = (by: Record<string, string>): string => `/jobs?${new URLSearchParams(by)}`;

function slicesOf(job: Job): Slice[] {
  const { org, related } = job;
  const work = name(job.workplaceType);
  return [
    { page: 'Company jobs', holds: `Active postings from ${org.name}.`, to: found({ org: org.orgId }), total: related.orgJobs?.totalCount },
    {
      page: 'Company breakdowns',
      holds: 'Role, location, ATS, and work model facets for this company.',
      to: `/orgs/${org.orgId}#breakdowns`,
    },
    {
      page: 'ATS provider jobs',
      holds: `Active postings observed through ${job.providerLabel}.`,
      to: found({ provider: job.provider }),
      total: related.providerJobs?.totalCount,
    },
    {
      page: 'Provider filtered search',
      holds: 'The same provider as a filtered job collection.',
      to: found({ provider: job.provider, status: 'any' }),
    },
    {
      page: 'City jobs',
      holds: job.city ? `Active postings in ${job.city}.` : 'The posting names no city.',
      to: job.city ? found({ city: job.city.toLowerCase() }) : undefined,
      total: related.cityJobs?.totalCount,
    },
    {
      page: 'Department jobs',
      holds: job.department ? `Active postings in ${job.department}.` : 'The posting names no department.',
      to: job.department ? found({ department: job.department.toLowerCase() }) : undefined,
      total: related.departmentJobs?.totalCount,
    },
    {
      page: 'Work model jobs',
      holds: work ? `Active ${work} postings.` : 'The posting does not say where the work is done.',
      to: job.workplaceType ? found({ work: job.workplaceType }) : undefined,
      total: related.workplaceJobs?.totalCount,
    },
    {
      page: 'Lifecycle events',
      holds: 'Open, update, close, and reopen events for this posting.',
      to: `/jobs/${job.jobId}/history`,
      total: job.events.totalCount,
    },
    {
      page: 'Original posting',
      holds: 'Canonical source or apply URL captured from the ATS.',
      to: job.sourceUrl ?? job.applyUrl ?? undefined,
    },
  ];
}

function Open({ slice }: { slice: Slice }) {
  if (!slice.to) return <span>-</span>;
  const label = `Open ${slice.page.toLowerCase()}`;
  return slice.to.startsWith('/') ? (
    <Link to={slice.to} aria-label={label}>
      Open
    </Link>
  ) : (
    <a href={slice.to} rel="noopener noreferrer" aria-label={label}>
      Open
    </a>
  );
}

export function Slices({ job }: { job: Job }) {
  return (
    <section aria-labelledby="slices">
      <h2 id="slices">Related slices</h2>
      <table className="slices">
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">What it contains</th>
            <th scope="col" className="number wide-only">
              Rows
            </th>
            <th scope="col">Open</th>
          </tr>
        </thead>
        <tbody>
          {slicesOf(job).map((slice) => (
            <tr key={slice.page}>
              <th scope="row">{slice.page}</th>
              <td>{slice.holds}</td>
              <td className="number wide-only">{slice.total === undefined ? '' : count(slice.total)}</td>
              <td>
                <Open slice={slice} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const link = (address: string | null | undefined): ReactNode =>
  address ? (
    <a href={address} rel="noopener noreferrer">
      {address}
    </a>
  ) : null;

export function Record({ job }: { job: Job }) {
  const rows: [string, ReactNode][] = [
    ['Job ID', job.jobId],
    ['Org ID', <Link to={`/orgs/${job.orgId}`}>{job.orgId}</Link>],
    ['Source ID', <Link to={`/sources/${job.sourceId}`}>{job.sourceId}</Link>],
    ['Board ID', job.boardId],
    ['Provider', job.provider],
    ['Provider Job Key', job.providerJobKey],
    ['Title', job.title],
    ['Normalized Title', job.normalizedTitle],
    ['Status', lower(job.status)],
    ['Active', job.active ? 'yes' : 'no'],
    ['Location Text', job.locationText],
    ['Department', job.department],
    ['Team', job.team],
    ['Employment Type', job.employmentTypeRaw],
    ['Workplace Type', lower(job.workplaceType)],
    ['Remote Policy', lower(job.remotePolicy)],
    ['Country', job.country],
    ['Region', job.region],
    ['City', job.city],
    ['Salary Raw', job.salaryRaw],
    ['Salary Min', job.salaryMin],
    ['Salary Max', job.salaryMax],
    ['Salary Currency', job.salaryCurrency],
    ['Salary Period', lower(job.salaryPeriod)],
    ['Source URL', link(job.sourceUrl)],
    ['Apply URL', link(job.applyUrl)],
    ['First Seen At', time(job.firstSeenAt)],
    ['Last Seen At', time(job.lastSeenAt)],
    ['Last Checked At', time(job.lastCheckedAt)],
    ['Last Changed At', time(job.lastChangedAt)],
    ['Inactive At', time(job.inactiveAt)],
    ['Source Posted At', time(job.sourcePostedAt)],
    ['Source Updated At', time(job.sourceUpdatedAt)],
    ['Raw Payload Uri', job.rawPayloadUri],
  ];
  return (
    <section aria-labelledby="record">
      <h2 id="record">Full job record</h2>
      <dl className="record">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || '—'}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What the original's page does not have: where each derived value was read, and how certain it is. */
export function Known({ job }: { job: Job }) {
  if (job.facts.length === 0) return null;
  return (
    <section aria-labelledby="known">
      <h2 id="known">How this is known</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col" className="wide-only">
              Read in
            </th>
            <th scope="col">Words</th>
            <th scope="col" className="number">
              Certainty
            </th>
          </tr>
        </thead>
        <tbody>
          {job.facts.map((fact, index) => (
            <tr key={`${fact.field}-${index}`}>
              <th scope="row" className="mono">
                {fact.field}
              </th>
              <td className="wide-only">{name(fact.provenance)}</td>
              <td>{fact.evidence?.quote ?? '—'}</td>
              <td className="number">{Math.round(fact.confidence * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
