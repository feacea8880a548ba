/** The atlas model as the page reads it. */

import { useQuery } from "@tanstack/react-query";
import type { AtlasModelState } from "../../../../../src/contract/atlas-model.ts";
import { get } from "../../../api/client.ts";

export const useAtlasModel = (clustering: string) =>
  useQuery({
    queryKey: ["atlas", "model", clustering],
    queryFn: ({ signal }) => get<AtlasModelState>("/api/atlas/model", { clustering }, signal),
  });
