/** Where the networks of a run look, as pages ask for it. */

import { useQuery } from "@tanstack/react-query";
import type { GradCamPicture } from "../../../src/contract/runs.ts";
import { get } from "../api/client.ts";

/** What is asked of the networks of a run. */
export interface GradCamQuestion {
  readonly run: string;
  readonly image: string;
  readonly label: string;
  /** As the server thinks best by default. */
  readonly layer?: GradCamPicture["layer"] | undefined;
}

export const useGradCam = ({ run, image, label, layer }: GradCamQuestion) =>
  useQuery({
    queryKey: ["grad-cams", run, image, label, layer],
    queryFn: ({ signal }) =>
      get<GradCamPicture>(
        `/api/runs/${encodeURIComponent(run)}/grad-cams/${encodeURIComponent(image)}`,
        { label, layer },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
