/** The tools' signs: lines of one thickness on a square of 20. */

const paths = {
  window: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM10 3v14M10 6h5M10 9h7M10 12h7M10 15h4",
  zoom: "M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM12.5 12.5L17 17M8.5 6v5M6 8.5h5",
  pan: "M10 2v16M2 10h16M8 4l2-2l2 2M8 16l2 2l2-2M4 8l-2 2l2 2M16 8l2 2l-2 2",
  ruler: "M2 13L13 2l5 5L7 18zM5 10l2 2M7.5 7.5l2.5 2.5M10 5l2 2",
  box: "M4 4h12v12H4zM2 4h4M4 2v4M14 16h4M16 14v4",
  invert: "M3 3h14v14H3zM17 3L3 17M14 8v7M10 12v3M12 10v5M8 14v1",
  fit: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7 7h6v6H7z",
  actual: "M3.5 6l2-1.5V15M14 6l2-1.5V15M9.8 7.5v1M9.8 12v1",
  reset: "M4 10a6 6 0 1 0 2-4.5M6 2v4h4",
} as const;

export type IconName = keyof typeof paths;

export const Icon = ({ name }: { name: IconName }) => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);
