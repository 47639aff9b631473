// All postings, searched and narrowed by facets. The whole state is the address.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { JobListQuery } from '../gql/graphql';
import { ago, count, counted, name, pay } from '../format';
import { usePages, useQuery } from '../graph';
import { Marked } from '../parts/marked';
import { More } from '../parts/more';
import { Empty, Failed, Loading, useTitle } from '../parts/states';
import { Words } from '../parts/words';
import { Facets, Chosen } from './search.facets';
import { ORDERS, STATUSES, changed, variablesOf } from './search.filter';

const JobList = graphql(/* GraphQL */ `
  query JobList($search: String, $filter: JobFilter, $orderBy: [JobOrder!], $after: String) {
    jobs(search: $search, filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      totalCountIsExact
      edges {
        highlights { field text spans { start end } }
        node {
          jobId
          title
          org { orgId name }
          locationText
          workplaceType
          employmentType
          seniority
          status
          postedAt
          inactiveAt
          salary { raw min max currency period }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Edge = JobListQuery['jobs']['edges'][number];
type Found = Edge['node'];

export function JobRow({ job, highlights = [] }: { job: Found; highlights?: Edge['highlights'] }) {
  const title = highlights.find((it) => it.field === 'TITLE' && it.text === job.title);
  const description = highlights.find((it) => it.field === 'DESCRIPTION');
  const tags = [name(job.workplaceType), name(job.employmentType), name(job.seniority)].filter((tag) => tag);
  return (
    <li className="hit">
      <h3>
        <Link to={`/jobs/${job.jobId}`}>{title ? <Marked highlight={title} /> : job.title}</Link>
      </h3>
      <p className="hit-line">
        <Link to={`/orgs/${job.org.orgId}`}>{job.org.name}</Link>
        {job.locationText ? <span>{job.locationText}</span> : null}
        {job.status === 'CLOSED' ? <span className="tag tag-closed">Closed</span> : null}
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      <p className="hit-side">
        {job.salary ? <span className="pay">{pay(job.salary)}</span> : null}
        <time dateTime={job.postedAt} title={job.postedAt}>
          {ago(job.postedAt)}
        </time>
      </p>
      {description ? (
        <p className="hit-words">
          …<Marked highlight={description} />…
        </p>
      ) : null}
    </li>
  );
}

function Settings({ address, go }: { address: URLSearchParams; go: (next: URLSearchParams) => void }) {
  return (
    <div className="settings">
      <label>
        Show
        <select value={address.get('status') ?? ''} onChange={(event) => go(changed(address, 'status', event.target.value))}>
          {STATUSES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select value={address.get('sort') ?? ''} onChange={(event) => go(changed(address, 'sort', event.target.value))}>
          {ORDERS.map((order) => (
            <option key={order.name} value={order.name}>
              {order.title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Hits({ address }: { address: URLSearchParams }) {
  const variables = variablesOf(address);
  const asked = useQuery(JobList, variables);
  const [first, setFirst] = useState<{ of: JobListQuery; nodes: Edge[]; pageInfo: JobListQuery['jobs']['pageInfo'] }>();
  if (asked.data && first?.of !== asked.data) {
    setFirst({ of: asked.data, nodes: asked.data.jobs.edges, pageInfo: asked.data.jobs.pageInfo });
  }
  const pages = usePages(JobList, variables, first, (result) => ({ nodes: result.jobs.edges, pageInfo: result.jobs.pageInfo }));
  if (asked.error) return <Failed asked={asked} what="The postings" />;
  if (!asked.data) return <Loading what="postings" />;
  const { totalCount, totalCountIsExact } = asked.data.jobs;
  return (
    <div aria-busy={asked.isLoading} className={asked.isLoading ? 'stale' : undefined}>
      <p role="status" className="total">
        {totalCountIsExact ? counted(totalCount, 'posting') : `More than ${count(totalCount)} postings`}
      </p>
      {totalCount === 0 ? (
        <Empty title="No posting meets all of this">
          <p>Take a condition away, or look among closed postings too.</p>
          <p>
            <Link to={`/jobs?${changed(address, 'status', 'any')}`}>Search all, closed ones included</Link> ·{' '}
            <Link to="/jobs">Begin anew</Link>
          </p>
        </Empty>
      ) : null}
      <ul className="hits">
        {pages.nodes.map(({ node, highlights }) => (
          <JobRow key={node.jobId} job={node} highlights={highlights} />
        ))}
      </ul>
      {pages.error ? <p role="alert">{pages.error.message}</p> : null}
      <More pages={pages} label="Show 20 more">
        {count(pages.nodes.length)} of {count(totalCount)}
        {totalCountIsExact ? '' : ' or more'}
      </More>
    </div>
  );
}

export function Search() {
  const [address, setAddress] = useSearchParams();
  const words = address.get('q');
  useTitle(words ? `${words}: jobs` : 'Jobs');
  return (
    <>
      <h1>Jobs</h1>
      <Words
        key={words}
        label={'Words, "phrases", -without, beginning*'}
        words={words ?? ''}
        search={(next) => setAddress(changed(address, 'q', next))}
      />
      <div className="split">
        <Facets address={address} />
        <section aria-label="Postings">
          <Settings address={address} go={setAddress} />
          <Chosen address={address} />
          <Hits address={address} />
        </section>
      </div>
    </>
  );
}
