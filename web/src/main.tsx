// The pages of jobgraph, each at its own address.
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Layout } from './parts/layout';
import { Missing } from './parts/states';
import { Events } from './pages/events';
import { History } from './pages/history';
import { HomePage } from './pages/home';
import { JobPageView } from './pages/job';
import { OrgPageView } from './pages/org';
import { Orgs } from './pages/orgs';
import { Search } from './pages/search';
import { SourcePageView } from './pages/source';
import { Sources } from './pages/sources';
import './style/base.css';
import './style/layout.css';
import './style/tables.css';
import './style/job.css';
import './style/search.css';
import './style/charts.css';
// Last, as it changes what stands above.
import './style/phone.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <BrowserRouter>
      <Routes>
        <Route element={<Layout />}>
          <Route index element={<HomePage />} />
          <Route path="jobs" element={<Search />} />
          <Route path="jobs/:jobId" element={<JobPageView />} />
          <Route path="jobs/:jobId/history" element={<History />} />
          <Route path="orgs" element={<Orgs />} />
          <Route path="orgs/:orgId" element={<OrgPageView />} />
          <Route path="sources" element={<Sources />} />
          <Route path="sources/:sourceId" element={<SourcePageView />} />
          <Route path="events" element={<Events />} />
          <Route path="*" element={<Missing what="page" />} />
        </Route>
      </Routes>
    </BrowserRouter>,
  );
}
