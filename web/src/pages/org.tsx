// An employer: how its postings divide, what happened by day, its boards and its latest postings.
import { Link, Navigate, useParams } from 'react-router';
import { graphql } from '../gql';
import type { JobFacetField, OrgPageQuery } from '../gql/graphql';
import { count, counted, day, name } from '../format';
import { useQuery } from '../graph';
import { Bars, Days, type Bar } from '../parts/bars';
import { Crumbs } from '../parts/crumbs';
import { EventList } from '../parts/events';
import { Health } from '../parts/health';
import { QuerySource } from '../parts/query';
import { Empty, Failed, Loading, Missing, useAnchor, useTitle } from '../parts/states';
import { JobRow } from './search';
import { FACETS, NONE } from './search.filter';

const OrgPage = graphql(/* GraphQL */ `
  query OrgPage($by: OrgLookup!, $ids: [String!]!, $active: JobFilter, $fields: [JobFacetField!]!) {
    org(by: $by) {
      orgId
      name
      slug
      aliases
      domains
      websiteUrl
      careersUrl
      activeJobCount
      jobCount
      firstSeenAt
      lastSeenAt
      jobs(first: 10, filter: $active) {
        facets(fields: $fields, top: 6) { field otherCount buckets { value label count } }
        nodes {
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
      sources(first: 20) { nodes { sourceId name providerLabel boardToken health status activeJobCount lastCompleteAt } }
      events(first: 10) { nodes { seq type observedAt changes { path } job { jobId title org { orgId name } } } }
    }
    stats(by: ORG, values: $ids) { medianDaysToClose created closed days { day created updated closed } }
  }
`);

const SHORT_NAME = /^[a-z0-9-]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Org = NonNullable<OrgPageQuery['org']>;

const FIELDS: JobFacetField[] = ['FUNCTION', 'COUNTRY', 'CITY', 'WORKPLACE_TYPE', 'SENIORITY', 'EMPLOYMENT_TYPE', 'DEPARTMENT', 'PROVIDER'];

function Breakdowns({ org }: { org: Org }) {
  return (
    <section aria-labelledby="breakdowns">
      <h2 id="breakdowns">Breakdowns of {counted(org.activeJobCount, 'active posting')}</h2>
      <div className="grid">
        {org.jobs.facets.map((facet) => {
          const known = FACETS.find((it) => it.field === facet.field);
          if (!known) return null;
          const bars = facet.buckets.map((bucket): Bar => {
            const value = bucket.value ?? NONE;
            const label = bucket.value === null ? 'Not stated' : known.isEnum ? (name(bucket.label) ?? '') : bucket.label;
            const to = `/jobs?${new URLSearchParams({ org: org.orgId, [known.name]: value })}`;
            return { key: value, label, value: bucket.count, to, isQuiet: bucket.value === null };
          });
          const note = facet.otherCount > 0 ? `${count(facet.otherCount)} in others` : undefined;
          return <Bars key={facet.field} title={known.title} bars={bars} note={note} />;
        })}
      </div>
    </section>
  );
}

function Boards({ org }: { org: Org }) {
  return (
    <section aria-labelledby="boards">
      <h2 id="boards">Boards</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Board</th>
            <th scope="col">Provider</th>
            <th scope="col">Health</th>
            <th scope="col" className="number">
              Active
            </th>
            <th scope="col" className="wide-only">
              Last read completely
            </th>
          </tr>
        </thead>
        <tbody>
          {org.sources.nodes.map((source) => (
            <tr key={source.sourceId}>
              <th scope="row">
                <Link to={`/sources/${source.sourceId}`}>{source.boardToken}</Link>
              </th>
              <td>{source.providerLabel}</td>
              <td>
                <Health health={source.health} status={source.status} />
              </td>
              <td className="number">{count(source.activeJobCount)}</td>
              <td className="wide-only">{day(source.lastCompleteAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ org, median }: { org: Org; median: number | null | undefined }) {
  const site = org.careersUrl ?? org.websiteUrl;
  const facts = [
    `${count(org.activeJobCount)} active of ${counted(org.jobCount, 'posting')}`,
    `first seen ${day(org.firstSeenAt)}`,
    `last read ${day(org.lastSeenAt)}`,
    median == null ? '' : `half of those closed stood ${counted(median, 'day')} or less`,
  ];
  return (
    <>
      <Crumbs way={[['Companies', '/orgs']]} here={org.name} />
      <h1>{org.name}</h1>
      <p className="subtitle">{facts.filter((it) => it).join(' · ')}</p>
      <p className="actions">
        <Link className="button button-main" to={`/jobs?org=${org.orgId}`}>
          All its active postings
        </Link>
        {site ? (
          <a className="button" href={site} rel="noopener noreferrer">
            {new URL(site).hostname}
          </a>
        ) : null}
      </p>
    </>
  );
}

export function OrgPageView() {
  const { orgId = '' } = useParams();
  const by = SHORT_NAME.test(orgId) && !UUID.test(orgId) ? { slug: orgId } : { id: orgId };
  const variables = { by, ids: [orgId], active: { status: { eq: 'ACTIVE' as const } }, fields: FIELDS };
  const asked = useQuery(OrgPage, variables);
  const org = asked.data?.org;
  useTitle(org?.name);
  useAnchor(org != null);
  if (asked.error) return <Failed asked={asked} what="The company" />;
  if (!asked.data || asked.isLoading) return <Loading what="the company" />;
  if (!org) return <Missing what="company" />;
  // Found by its short name, or by one that was joined into it; its counts are kept by its id.
  if (org.orgId !== orgId) return <Navigate to={`/orgs/${org.orgId}`} replace />;
  const [stats] = asked.data.stats;
  return (
    <>
      <Head org={org} median={stats?.medianDaysToClose} />
      {org.activeJobCount > 0 ? <Breakdowns org={org} /> : <Empty title="It has no active posting now" />}
      <section aria-labelledby="activity">
        <h2 id="activity">Opened and closed</h2>
        <Days days={stats?.days ?? []} />
      </section>
      <section aria-labelledby="latest">
        <h2 id="latest">Latest postings</h2>
        <ul className="hits">
          {org.jobs.nodes.map((job) => (
            <JobRow key={job.jobId} job={job} />
          ))}
        </ul>
      </section>
      <Boards org={org} />
      <section aria-labelledby="events">
        <h2 id="events">Latest events</h2>
        <EventList rows={org.events.nodes} />
      </section>
      <QuerySource query={OrgPage.toString()} variables={variables} />
    </>
  );
}
