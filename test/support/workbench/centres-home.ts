/** The phantom centre's home with a network that centres have in common, and the archive's codes by it: for each centre a copy. */

import { copyOfHome, type PhantomHome } from "./phantom-home.ts";

export const centresHome = (): Promise<PhantomHome> =>
  copyOfHome({ name: "centres-home", draw: "draw-centre.ts", fill: "fill-centres-home.ts" });
