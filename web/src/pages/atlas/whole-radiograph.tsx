/** A radiograph of the archive with its own pixels, as large as what is around it. */

import { lazy, Suspense, useState } from "react";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { wholePicture } from "../../viewer/view.ts";
import { largeSize } from "./atlas-data.ts";

/** The viewer is large, and most clusters are read without it. */
const Radiograph = lazy(async () => ({ default: (await import("../../viewer/radiograph.tsx")).Radiograph }));

interface WholeRadiographProps {
  readonly image: string;
  readonly name: string;
}

export const WholeRadiograph = ({ image, name }: WholeRadiographProps) => {
  const [view, setView] = useState(wholePicture);
  const address = `/api/images/${encodeURIComponent(image)}`;
  return (
    <Suspense fallback={<Thumbnail image={image} size={largeSize} alt={name} />}>
      <Radiograph address={address} name={name} view={view} onView={setView} tool="window" />
    </Suspense>
  );
};
