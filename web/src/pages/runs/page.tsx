/** Runs: what was trained and measured, followed while it goes, compared, and looked into. */

import { Route, Routes } from "react-router";
import { Comparison } from "./comparison.tsx";
import { useEpochEvents } from "./queries.ts";
import { RunList } from "./run-list.tsx";
import { RunPage } from "./run-page.tsx";

const RunsPage = () => {
  useEpochEvents();
  return (
    <Routes>
      <Route index element={<RunList />} />
      <Route path="compare/:first/:second" element={<Comparison />} />
      <Route path=":id" element={<RunPage />} />
    </Routes>
  );
};

export default RunsPage;
