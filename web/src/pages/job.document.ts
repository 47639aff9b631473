// The one question of a job's page. It is also what the page shows at its end, so that anyone can ask the same.
import { graphql } from '../gql';

export const JobPage = graphql(/* GraphQL */ `
  query JobPage($id: ID!, $asOf: AsOfInput, $active: JobFilter) {
    job(by: { id: $id }, asOf: $asOf) {
      title
      org { orgId name }
      city
      country
      locationText
      workplaceType
      remotePolicy
      status
      providerLabel
      normalizedTitle
      department
      team
      employmentTypeRaw
      salaryRaw
      postedOn
      firstSeenAt
      lastChangedAt
      lastSeenAt
      closedReason
      inactiveAt
      related {
        orgJobs(first: 0, filter: $active) { totalCount }
        providerJobs(first: 0, filter: $active) { totalCount }
        cityJobs(first: 0, filter: $active) { totalCount }
        departmentJobs(first: 0, filter: $active) { totalCount }
        workplaceJobs(first: 0, filter: $active) { totalCount }
      }
      events(first: 5) { totalCount nodes { seq type observedAt changes { path } } }
      source { sourceId boardToken }
      descriptionHtml
      jobId
      orgId
      sourceId
      boardId
      provider
      providerJobKey
      active
      region
      salaryMin
      salaryMax
      salaryCurrency
      salaryPeriod
      sourceUrl
      applyUrl
      lastCheckedAt
      sourcePostedAt
      sourceUpdatedAt
      rawPayloadUri
      eventFields
      parsedStructured
      extensions
      nativeStructured
      facts { field confidence provenance evidence { quote } }
    }
  }
`);
