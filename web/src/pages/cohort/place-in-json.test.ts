import { expect, test } from "vitest";
import { lineAt, placeInJson } from "./place-in-json.ts";

const text = `{
  "name": "a \\"quoted\\" name",
  "criteria": [
    { "include": { "entity": ["Chondrosarcoma", "Osteosarkom"] } },
    {}
  ]
}`;

const at = (...path: (string | number)[]): string => {
  const { from, to } = placeInJson(text, path);
  return text.slice(from, to);
};

test("a value is found by its path", () => {
  expect(at("name")).toBe('"a \\"quoted\\" name"');
  expect(at("criteria", 0, "include", "entity", 1)).toBe('"Osteosarkom"');
  expect(at("criteria", 1)).toBe("{}");
});

test("what is missing is told by the part that should have it", () => {
  expect(at("criteria", 1, "reason")).toBe("{}");
  expect(at("title")).toBe(text);
  expect(at()).toBe(text);
});

test("a text that is no JSON is meant as a whole", () => {
  expect(placeInJson('{"a": [1, ', ["a", 0])).toEqual({ from: 0, to: 10 });
});

test("lines count from 1", () => {
  expect(lineAt(text, 0)).toBe(1);
  expect(lineAt(text, placeInJson(text, ["criteria", 0, "include", "entity", 1]).from)).toBe(4);
});
