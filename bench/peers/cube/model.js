// Read by Cube; RELATION is a table of bench_mart. Distinct counts fit a pre-aggregation only at its own grain.
cube('activity', {
  sql_table: 'bench_mart.RELATION',
  refreshKey: { every: '1 hour' },
  measures: {
    queries: { type: 'sum', sql: 'num_queries' },
    docs: { type: 'sum', sql: 'num_docs' },
    feedbackSum: { type: 'sum', sql: 'feedback_sum' },
    users: { type: 'countDistinct', sql: 'user_id' },
  },
  dimensions: {
    month: { type: 'time', sql: 'month::timestamp' },
    firm: { type: 'number', sql: 'firm_id' },
    title: { type: 'string', sql: 'title' },
    eventType: { type: 'string', sql: 'event_type' },
  },
});

cube('rolled', {
  extends: activity,
  preAggregations: {
    monthTitle: {
      measures: [CUBE.queries, CUBE.docs, CUBE.feedbackSum, CUBE.users],
      dimensions: [CUBE.title],
      timeDimension: CUBE.month,
      granularity: 'month',
      external: false,
      refreshKey: { every: '1 hour' },
    },
    monthFirm: {
      measures: [CUBE.queries, CUBE.docs, CUBE.feedbackSum, CUBE.users],
      dimensions: [CUBE.firm],
      timeDimension: CUBE.month,
      granularity: 'month',
      external: false,
      refreshKey: { every: '1 hour' },
    },
    quarterTitle: {
      measures: [CUBE.users],
      dimensions: [CUBE.title],
      timeDimension: CUBE.month,
      granularity: 'quarter',
      external: false,
      refreshKey: { every: '1 hour' },
    },
    monthFirmType: {
      measures: [CUBE.queries, CUBE.users],
      dimensions: [CUBE.firm, CUBE.eventType],
      timeDimension: CUBE.month,
      granularity: 'month',
      external: false,
      refreshKey: { every: '1 hour' },
    },
  },
});
