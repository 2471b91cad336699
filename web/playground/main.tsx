import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { examples } from './examples.ts';
import { fetcher } from './fetcher.ts';
import { storedEditors } from './session.ts';
import { storage } from './storage.ts';
import './style.css';

const tabs = examples.map(({ query, variables }) => ({
  query,
  variables: variables ? JSON.stringify(variables, null, 2) : null,
}));

createRoot(document.getElementById('playground')!).render(
  <GraphiQL fetcher={fetcher} storage={storage} defaultTabs={tabs} {...storedEditors()}>
    <GraphiQL.Logo>metricgraph</GraphiQL.Logo>
  </GraphiQL>,
);
