// What relay-compiler makes queries of: a list that goes on page by page. The tags are read, never run.
import { graphql } from 'relay-runtime';

export const query = graphql`
  query jobsQuery($count: Int!, $filter: JobFilter) {
    ...jobs_list @arguments(count: $count, filter: $filter)
  }
`;

export const list = graphql`
  fragment jobs_list on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }, filter: { type: "JobFilter" })
  @refetchable(queryName: "jobsPageQuery") {
    jobs(first: $count, after: $cursor, filter: $filter) @connection(key: "list_jobs", filters: ["filter"]) {
      edges { node { id title org { name } } }
    }
  }
`;
