// All employers, by name or by how much they post.
import { useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../gql';
import { count, counted, day } from '../format';
import { usePages, useQuery } from '../graph';
import { More } from '../parts/more';
import { Empty, Failed, Loading, useTitle } from '../parts/states';
import { changed } from './search.filter';

const OrgList = graphql(/* GraphQL */ `
  query OrgList($filter: OrgFilter, $orderBy: [OrgOrder!], $after: String) {
    orgs(filter: $filter, orderBy: $orderBy, first: 50, after: $after) {
      totalCount
      nodes { orgId name slug activeJobCount jobCount firstSeenAt lastSeenAt sources(first: 3) { nodes { sourceId providerLabel } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export function Orgs() {
  const [address, setAddress] = useSearchParams();
  const words = address.get('q') ?? '';
  const byName = address.get('sort') === 'name';
  const variables = {
    filter: words ? { name: { startsWith: words } } : null,
    orderBy: byName ? [{ name: 'ASC' as const }] : [{ activeJobCount: 'DESC' as const }],
  };
  const asked = useQuery(OrgList, variables);
  const pages = usePages(OrgList, variables, asked.data?.orgs, (result) => result.orgs);
  const [text, setText] = useState(words);
  useTitle('Companies');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAddress(changed(address, 'q', text.trim()));
  };
  return (
    <>
      <h1>Companies</h1>
      <form role="search" className="search" onSubmit={submit}>
        <label htmlFor="name">A name begins with</label>
        <div className="search-line">
          <input id="name" type="search" value={text} onChange={(event) => setText(event.target.value)} maxLength={200} />
          <select
            aria-label="Order"
            value={byName ? 'name' : ''}
            onChange={(event) => setAddress(changed(address, 'sort', event.target.value))}
          >
            <option value="">Most postings</option>
            <option value="name">Name</option>
          </select>
          <button type="submit" className="button-main">
            Find
          </button>
        </div>
      </form>
      {asked.error ? <Failed asked={asked} what="The companies" /> : null}
      {!asked.data && !asked.error ? <Loading what="companies" /> : null}
      {asked.data?.orgs.totalCount === 0 ? (
        <Empty title="No company has such a name">
          <Link to="/orgs">Show all</Link>
        </Empty>
      ) : null}
      {asked.data && asked.data.orgs.totalCount > 0 ? (
        <>
          <p role="status" className="total">
            {asked.data.orgs.totalCount === 1 ? '1 company' : `${count(asked.data.orgs.totalCount)} companies`}
          </p>
          <table className={asked.isLoading ? 'stale' : undefined}>
            <thead>
              <tr>
                <th scope="col">Company</th>
                <th scope="col" className="number">
                  Active
                </th>
                <th scope="col" className="number">
                  Known
                </th>
                <th scope="col" className="wide-only">
                  Read from
                </th>
                <th scope="col" className="wide-only">
                  First seen
                </th>
                <th scope="col" className="wide-only">
                  Last read
                </th>
              </tr>
            </thead>
            <tbody>
              {pages.nodes.map((org) => (
                <tr key={org.orgId}>
                  <th scope="row">
                    <Link to={`/orgs/${org.orgId}`}>{org.name}</Link>
                  </th>
                  <td className="number">{count(org.activeJobCount)}</td>
                  <td className="number">{count(org.jobCount)}</td>
                  <td className="wide-only">
                    {[...new Set(org.sources.nodes.map((source) => source.providerLabel))].join(', ') || '—'}
                  </td>
                  <td className="wide-only">{day(org.firstSeenAt)}</td>
                  <td className="wide-only">{day(org.lastSeenAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <More pages={pages} label="Show 50 more">
            {counted(pages.nodes.length, 'row')}
          </More>
        </>
      ) : null}
    </>
  );
}
