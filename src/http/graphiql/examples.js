// The examples: a tab each for whoever opens the page for the first time, and a list in the sidebar for everyone.
// Each is one typical question, runs on any database, and shows something on that of `serve --demo`.

const threeDaysAgo = `${new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

export const EXAMPLES = [
  {
    title: 'A list of postings',
    query: `# The postings that were posted last. Go on with \`after: "<endCursor>"\`.
query Postings {
  jobs(first: 5, filter: { status: { eq: ACTIVE } }) {
    totalCount
    nodes {
      title
      postedAt
      city
      countryCode
      workplaceType
      salary { min max currency period }
      org { name }
      source { provider boardToken }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: 'Search with facets',
    query: `# Words, "phrases", -without, or, beginning*; beside what is found, how it divides.
query Search($search: String!, $filter: JobFilter) {
  jobs(search: $search, filter: $filter, first: 5) {
    totalCount
    edges {
      score
      highlights { field text }
      node { title org { name } city }
    }
    facets(fields: [WORKPLACE_TYPE, COUNTRY, DEPARTMENT, SALARY_BAND], top: 5) {
      field
      buckets { label count }
    }
  }
}
`,
    variables: { search: 'engineer -intern', filter: { status: { eq: 'ACTIVE' } } },
  },
  {
    title: 'The page of a posting',
    query: `# All that a page about one posting shows. \`job(by: {id: "…"})\` asks for a certain one.
query JobPage {
  jobs(first: 1) {
    nodes {
      jobId
      title
      status
      postedAt
      applyUrl
      department
      employmentType
      seniority
      workplaceType
      remoteScope { kind countryCodes }
      locations { isPrimary city region country }
      salary { min max currency period annualMin annualMax raw confidence }
      org { name slug websiteUrl }
      source { provider boardUrl health }
      descriptionMarkdown
      facts { field value confidence rule evidence { quote } }
      role { firstSeenAt jobs(first: 3) { totalCount nodes { title status } } }
      related { cityJobs(first: 3) { nodes { title org { name } } } }
      staleness { isStale secondsSinceChecked }
    }
  }
}
`,
  },
  {
    title: 'An employer and what happens there',
    query: `# The first employer by name. \`org(by: {slug: "…"})\` asks for a certain one.
query Employer {
  orgs(first: 1) {
    nodes {
      name
      slug
      activeJobCount
      sources { nodes { provider boardToken health lastCompleteAt } }
      jobs(first: 3, filter: { status: { eq: ACTIVE } }) {
        nodes { title postedAt }
        facets(fields: [DEPARTMENT, CITY]) { field buckets { label count } }
      }
      events(first: 5) { nodes { seq type observedAt job { title } } }
    }
  }
}
`,
  },
  {
    title: 'Then and now',
    query: `# The same list twice: as it is, and as it stood at a moment of the past.
query ThenAndNow($then: DateTime!, $active: JobFilter = { status: { eq: ACTIVE } }) {
  now: jobs(first: 3, filter: $active) {
    totalCount
    nodes { title }
  }
  then: jobs(first: 3, filter: $active, asOf: { time: $then }) {
    totalCount
    nodes { title }
  }
}
`,
    variables: { then: threeDaysAgo },
  },
  {
    title: 'Follow what changes',
    query: `# Waits for what happens from now on, until it is stopped. The variable {"after": "0"} begins at the beginning of the log.
subscription Follow($after: Seq) {
  changes(after: $after) {
    seq
    type
    observedAt
    job { title org { name } }
    changes { path op old new }
  }
}
`,
  },
  {
    title: 'The history of a posting',
    query: `# Of a posting that changed: all states that it has had, and what led from one to the next.
query History {
  events(first: 1, filter: { type: { eq: JOB_UPDATED } }) {
    nodes {
      job {
        title
        firstSeenAt
        openings
        revisions(first: 10) {
          nodes {
            jobSeq
            validFrom
            validUntil
            job { title status salary { min max currency } }
            event { type cause changes { path op old new text { hunks { removed added } } } }
          }
        }
      }
    }
  }
}
`,
  },
  {
    title: 'Counts by day and place',
    query: `# What the writer counts as it writes; asking for it is cheap. Without variables the last 30 days are told.
query Counts($from: Date, $to: Date) {
  all: stats(from: $from, to: $to) {
    jobCount
    activeJobCount
    created
    closed
    medianDaysToClose
    days { day created closed }
    freshness { sourceCount staleSourceCount }
  }
  byCountry: stats(by: COUNTRY, top: 5) {
    label
    activeJobCount
  }
}
`,
  },
];

/** An example in the shape of a tab. */
export function tab({ query, variables }) {
  return { query, variables: variables ? JSON.stringify(variables, null, 2) : null };
}
