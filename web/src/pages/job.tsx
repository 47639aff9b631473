// A posting with everything that is known of it, in the order of the original's page.
import { Link, useParams, useSearchParams } from 'react-router';
import type { JobPageQuery } from '../gql/graphql';
import { counted, day, lower, name, time } from '../format';
import { useQuery } from '../graph';
import { Crumbs } from '../parts/crumbs';
import { Html } from '../parts/html';
import { JsonBlock } from '../parts/json';
import { QuerySource } from '../parts/query';
import { Failed, Loading, Missing, useTitle } from '../parts/states';
import { JobPage } from './job.document';
import { Facts, Known, Record, Slices } from './job.tables';

export type Job = NonNullable<JobPageQuery['job']>;

function Head({ job }: { job: Job }) {
  const parts = [job.org.name, job.locationText, name(job.workplaceType), name(job.status), job.providerLabel];
  return (
    <>
      <Crumbs
        way={[
          ['Companies', '/orgs'],
          [job.org.name, `/orgs/${job.org.orgId}`],
        ]}
        here={job.title}
      />
      <h1>{job.title}</h1>
      <p className="subtitle">{parts.filter((part) => part).join(' · ')}</p>
      <p className="actions">
        {job.active && job.applyUrl ? (
          <a className="button button-main" href={job.applyUrl} rel="noopener noreferrer">
            Apply at {new URL(job.applyUrl).hostname}
          </a>
        ) : null}
        <Link className="button" to={`/jobs/${job.jobId}/history`}>
          History: {counted(job.events.totalCount, 'event')}
        </Link>
      </p>
      {job.active ? null : (
        <p className="banner banner-closed" role="note">
          This posting was closed{job.inactiveAt ? ` on ${day(job.inactiveAt)}` : ''}: {lower(job.closedReason)?.replaceAll('_', ' ')}.{' '}
          <Link to={`/jobs/${job.jobId}/history`}>See the evidence</Link>
        </p>
      )}
    </>
  );
}

function Linked({ job }: { job: Job }) {
  return (
    <section aria-labelledby="linked">
      <h2 id="linked">Linked records</h2>
      <dl className="record">
        <div>
          <dt>Company</dt>
          <dd>
            <Link to={`/orgs/${job.org.orgId}`}>{job.org.name}</Link>
          </dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>
            <Link className="mono" to={`/sources/${job.sourceId}`}>
              {job.sourceId}
            </Link>
          </dd>
        </div>
        <div>
          <dt>ATS provider</dt>
          <dd>
            <Link to={`/sources?provider=${encodeURIComponent(job.provider)}`}>{job.providerLabel}</Link>
          </dd>
        </div>
      </dl>
    </section>
  );
}

export function JobPageView() {
  const { jobId = '' } = useParams();
  const [search] = useSearchParams();
  const seq = search.get('seq');
  const variables = { id: jobId, active: { status: { eq: 'ACTIVE' as const } }, ...(seq ? { asOf: { seq } } : {}) };
  const asked = useQuery(JobPage, variables);
  const job = asked.data?.job;
  useTitle(job?.title);
  if (asked.error) return <Failed asked={asked} what="The posting" />;
  if (!asked.data || asked.isLoading) return <Loading what="the posting" />;
  if (!job) return <Missing what="posting" />;
  return (
    <article className="job">
      {seq ? (
        <p className="banner" role="note">
          As it stood after event {seq}. <Link to={`/jobs/${jobId}`}>Show it as it is now</Link>
        </p>
      ) : null}
      <Head job={job} />
      <div className="beside">
        <Facts job={job} />
        <Slices job={job} />
      </div>
      <Linked job={job} />
      <section aria-labelledby="description">
        <h2 id="description">Description</h2>
        {job.descriptionHtml ? <Html html={job.descriptionHtml} /> : <p className="quiet">The posting has none.</p>}
      </section>
      <Record job={job} />
      <section aria-label="JSON of the record" className="blocks">
        <JsonBlock title="Event Fields" value={job.eventFields} />
        <JsonBlock title="Parsed Structured" value={job.parsedStructured} />
        <JsonBlock title="Extensions" value={job.extensions} />
        <JsonBlock title="Native Structured" value={job.nativeStructured} />
      </section>
      <Known job={job} />
      <QuerySource query={JobPage.toString()} variables={variables} />
      <p className="quiet">Last checked {time(job.lastCheckedAt)}.</p>
    </article>
  );
}
