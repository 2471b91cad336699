import { questions } from './questions.ts';

/** A worked example: one tab of the playground. */
export interface Example {
  /** The operation's name, which is also the label of its tab. */
  readonly name: string;
  /** A document of one operation; its first line is a comment that says what it answers. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const monthlyTrend = `# How do usage and engagement move by month?
query MonthlyTrend {
  metrics(groupBy: [MONTH]) {
    rows {
      id
      month
      numQueries
      numDocs
      avgFeedback
      engagementScore
      activeUsers
    }
    # Over all months: each user counts once.
    totals {
      id
      numQueries
      activeUsers
    }
    meta {
      dataVersion
      asOf
    }
  }
}
`;

const byTitle = `# How do job titles differ, month by month?
query ByTitle {
  metrics(groupBy: [MONTH, TITLE]) {
    rows {
      id
      month
      title
      numQueries
      numDocs
      avgFeedback
      engagementScore
      activeUsers
    }
    totals {
      id
      numQueries
      activeUsers
    }
  }
}
`;

const topFirms = `# Which firms ask the most, and per active user?
query TopFirms($first: Int!) {
  metrics(
    groupBy: [FIRM]
    orderBy: [
      { metric: { name: NUM_QUERIES, direction: DESC } }
    ]
    first: $first
  ) {
    rows {
      id
      firm {
        id
      }
      numQueries
      activeUsers
      queriesPerActiveUser
    }
    totals {
      id
      numQueries
      activeUsers
    }
  }
}
`;

const powerUsers = `# Who are the power users, and how rare are they?
query PowerUsers {
  powerUsers(first: 20) {
    summary {
      records
      distinctUsers
      activeUsers
      rate
      byMonth {
        month
        records
      }
    }
    rows {
      month
      user {
        id
      }
      firm {
        id
      }
      engagementScore
      engagementLevel
      numQueries
      numInteractionTypesUsed
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const dataQuality = `# What did each check of the data find?
query DataQuality {
  dataQuality {
    version
    checks {
      name
      severity
      rows
      sample
      advice
    }
  }
}
`;

/** The examples in the order of their tabs: how to begin, the questions of the docs, and what the data are worth. */
export const examples: readonly Example[] = [
  { name: 'MonthlyTrend', query: monthlyTrend },
  { name: 'ByTitle', query: byTitle },
  { name: 'TopFirms', query: topFirms, variables: { first: 10 } },
  { name: 'PowerUsers', query: powerUsers },
  ...questions,
  { name: 'DataQuality', query: dataQuality },
];
