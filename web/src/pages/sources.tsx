// All boards, and how well each is read.
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { SourceHealth } from '../gql/graphql';
import { ago, count, counted, name } from '../format';
import { usePages, useQuery } from '../graph';
import { Bars } from '../parts/bars';
import { Health } from '../parts/health';
import { More } from '../parts/more';
import { Empty, Failed, Loading, useTitle } from '../parts/states';

const SourceList = graphql(/* GraphQL */ `
  query SourceList($filter: SourceFilter, $after: String) {
    sources(filter: $filter, first: 50, after: $after) {
      totalCount
      nodes {
        sourceId
        boardToken
        providerLabel
        health
        status
        activeJobCount
        lastCrawledAt
        lastCompleteAt
        org { orgId name }
      }
      pageInfo { hasNextPage endCursor }
    }
    all: sources(first: 0) {
      facets(fields: [HEALTH, PROVIDER, STATUS], top: 20) { field buckets { value label count } }
    }
  }
`);

const TITLES = { HEALTH: 'Health', PROVIDER: 'ATS provider', STATUS: 'Status', ACTIVE_JOB_BAND: 'Postings' };

export function Sources() {
  const [address] = useSearchParams();
  const provider = address.get('provider');
  const health = address.get('health') as SourceHealth | null;
  const filter = { ...(provider ? { provider: { eq: provider } } : {}), ...(health ? { health: { eq: health } } : {}) };
  const variables = { filter: provider || health ? filter : null };
  const asked = useQuery(SourceList, variables);
  const pages = usePages(SourceList, variables, asked.data?.sources, (result) => result.sources);
  useTitle('Sources');
  if (asked.error) return <Failed asked={asked} what="The boards" />;
  if (!asked.data) return <Loading what="boards" />;
  const { sources, all } = asked.data;
  const narrowed = [provider, health ? name(health) : null].filter((it) => it).join(', ');
  return (
    <>
      <h1>Sources</h1>
      <p className="subtitle">The boards that postings are read from, and how well each is read.</p>
      <div className="grid">
        {all.facets.map((facet) => (
          <Bars
            key={facet.field}
            title={TITLES[facet.field]}
            bars={facet.buckets.map((bucket) => ({
              key: bucket.value ?? '',
              label: facet.field === 'PROVIDER' ? bucket.label : bucket.label === 'OK' ? 'OK' : (name(bucket.label) ?? ''),
              value: bucket.count,
              ...(facet.field === 'STATUS' ? {} : { to: `/sources?${facet.field.toLowerCase()}=${bucket.value ?? ''}` }),
            }))}
          />
        ))}
      </div>
      <p role="status" className="total">
        {counted(sources.totalCount, 'board')}
        {narrowed ? ` (${narrowed}) · ` : ''}
        {narrowed ? <Link to="/sources">Show all</Link> : null}
      </p>
      {sources.totalCount === 0 ? <Empty title="There is no such board" /> : null}
      <table className={asked.isLoading ? 'stale' : undefined}>
        <thead>
          <tr>
            <th scope="col">Board</th>
            <th scope="col" className="wide-only">
              Company
            </th>
            <th scope="col">Health</th>
            <th scope="col" className="number">
              Active
            </th>
            <th scope="col" className="wide-only">
              Last crawl
            </th>
            <th scope="col" className="wide-only">
              Last read completely
            </th>
          </tr>
        </thead>
        <tbody>
          {pages.nodes.map((source) => (
            <tr key={source.sourceId}>
              <th scope="row">
                <Link to={`/sources/${source.sourceId}`}>{source.boardToken}</Link> <span className="quiet">{source.providerLabel}</span>
              </th>
              <td className="wide-only">
                <Link to={`/orgs/${source.org.orgId}`}>{source.org.name}</Link>
              </td>
              <td>
                <Health health={source.health} status={source.status} />
              </td>
              <td className="number">{count(source.activeJobCount)}</td>
              <td className="wide-only">{source.lastCrawledAt ? ago(source.lastCrawledAt) : 'never'}</td>
              <td className="wide-only">{source.lastCompleteAt ? ago(source.lastCompleteAt) : 'never'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More pages={pages} label="Show 50 more" />
    </>
  );
}
