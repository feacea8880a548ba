/** What can be learned from the archive as it is now, for the forms that start a training. */

import { useQuery } from "@tanstack/react-query";
import type { TrainingChoices } from "../../../src/contract/runs.ts";
import { get } from "../api/client.ts";

export const useTrainingChoices = () =>
  useQuery({ queryKey: ["runs", "choices"], queryFn: () => get<TrainingChoices>("/api/runs/choices") });
