import type { Box } from "../../../src/contract/pictures.ts";
import type { Words } from "../shell/language.tsx";
import type { Tool } from "./view.ts";

export interface ViewerWords {
  readonly toolbar: string;
  readonly tools: Readonly<Record<Tool, string>>;
  /** What the arrow keys do in a radiograph while the tool is chosen. */
  readonly arrows: Readonly<Record<Tool, string>>;
  readonly invert: string;
  readonly fit: string;
  readonly actual: string;
  readonly reset: string;
  readonly loading: string;
  readonly failed: string;
  readonly window: string;
  readonly inverted: string;
  readonly box: { readonly is: (box: Box) => string; readonly keys: string };
  readonly ruler: {
    readonly end: (number: number, length: string) => string;
    readonly pixels: string;
    readonly millimetres: string;
    readonly noSpacing: string;
  };
}

export const viewerWords: Words<ViewerWords> = {
  en: {
    toolbar: "Tools of the radiograph",
    tools: { window: "Window", zoom: "Zoom", pan: "Move", ruler: "Ruler", box: "Lesion box" },
    arrows: {
      window: "Arrow keys: left and right change the window's width, up and down its centre.",
      zoom: "Arrow keys up and down zoom.",
      pan: "Arrow keys move the picture.",
      ruler:
        "Enter lays a ruler in the middle; Tab reaches its ends, which the arrow keys move. Without it they move the picture.",
      box: "Enter draws a box in the middle; Tab reaches it: arrow keys move, Shift and arrow keys resize, Delete removes it.",
    },
    invert: "Invert",
    fit: "Fit",
    actual: "One picture pixel on one screen pixel",
    reset: "Reset",
    loading: "Loading the radiograph",
    failed: "The radiograph cannot be shown.",
    window: "Window: centre and width",
    inverted: "inverted",
    box: {
      is: ({ x, y, width, height }) =>
        `Lesion box, ${width} by ${height} pixels, ${x} from the left, ${y} from the top`,
      keys: "Arrow keys move it, Shift and arrow keys resize it, Control makes larger steps, Delete removes it.",
    },
    ruler: {
      end: (number, length) => `Ruler's end ${number}, length ${length}`,
      pixels: "pixels",
      millimetres: "By the pixel spacing in the file; not corrected for magnification.",
      noSpacing: "The file does not say how large a pixel is.",
    },
  },
  de: {
    toolbar: "Werkzeuge der Aufnahme",
    tools: { window: "Fensterung", zoom: "Zoom", pan: "Verschieben", ruler: "Lineal", box: "Läsionsrahmen" },
    arrows: {
      window: "Pfeiltasten: links und rechts ändern die Fensterbreite, auf und ab die Fensterlage.",
      zoom: "Die Pfeiltasten auf und ab zoomen.",
      pan: "Die Pfeiltasten verschieben das Bild.",
      ruler:
        "Eingabe legt ein Lineal in die Mitte; Tab erreicht seine Enden, die Pfeiltasten verschieben sie. Sonst verschieben sie das Bild.",
      box: "Eingabe zeichnet einen Rahmen in die Mitte; Tab erreicht ihn: Pfeiltasten verschieben, Umschalt und Pfeiltasten ändern die Größe, Entf löscht ihn.",
    },
    invert: "Invertieren",
    fit: "Einpassen",
    actual: "Ein Bildpunkt auf einem Bildschirmpunkt",
    reset: "Zurücksetzen",
    loading: "Aufnahme wird geladen",
    failed: "Die Aufnahme kann nicht angezeigt werden.",
    window: "Fenster: Lage und Breite",
    inverted: "invertiert",
    box: {
      is: ({ x, y, width, height }) =>
        `Läsionsrahmen, ${width} mal ${height} Bildpunkte, ${x} von links, ${y} von oben`,
      keys: "Pfeiltasten verschieben ihn, Umschalt und Pfeiltasten ändern die Größe, Strg macht größere Schritte, Entf löscht ihn.",
    },
    ruler: {
      end: (number, length) => `Ende ${number} des Lineals, Länge ${length}`,
      pixels: "Bildpunkte",
      millimetres: "Nach dem Pixelabstand in der Datei; ohne Korrektur der Vergrößerung.",
      noSpacing: "Die Datei sagt nicht, wie groß ein Bildpunkt ist.",
    },
  },
};
