/** Names and birthdays of people who do not exist, for tables and DICOM headers of the synthetic centre. */
import { Random } from "../../numeric/random.ts";
import { addDays } from "./days.ts";

/** Who a patient is to a clinic. */
export interface Person {
  readonly familyName: string;
  readonly givenName: string;
  /** yyyy-mm-dd. */
  readonly birthDate: string;
}

const words = (list: string): readonly string[] => list.split(" ");

// all within Latin-1, as the centre's tables are
const familyNames = words(
  "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf " +
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann " +
    "Köhler Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther " +
    "Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin " +
    "Yilmaz Nowak Özdemir Kowalski Nguyen Rossi Novák García Petrovic Papadopoulos Haddad Ivanova Öztürk Silva",
);
const secondNames = ["", "", "", "", "", "-Maier", "-Lindner", "-Voß", "-Ebner", "-Großmann"];

const givenNames = {
  F: words(
    "Anna Maria Ursula Monika Petra Sabine Claudia Julia Lena Sophie Katharina Hannah Lea Renate Gisela Ingrid Mia Emma " +
      "Rosemarie Käthe Brigitte Elif Zoé Olga Ayse Heike Birgit Andrea Karin Nina",
  ),
  M: words(
    "Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Lukas Leon Paul Jonas Felix Maximilian " +
      "Hans Karl Josef Björn Sören Mehmet Luca Pavel Noah Rainer Uwe Dieter Markus Tobias",
  ),
} as const;

/** What a person's data follow from. */
export interface PersonOf {
  readonly id: string;
  readonly sex: "F" | "M";
  readonly ageYears: number;
  readonly diagnosisDate: string;
}

/**
 * The person behind a patient: the same one for the same seed, of the stated age on the day of diagnosis.
 * @example
 * phantomPerson(41, patient).birthDate;
 */
export const phantomPerson = (seed: number, { id, sex, ageYears, diagnosisDate }: PersonOf): Person => {
  const random = new Random(seed, "phantom centre", "person", id);
  const year = Number(diagnosisDate.slice(0, 4)) - ageYears;
  const birthday = `${year}${diagnosisDate.slice(4) === "-02-29" ? "-02-28" : diagnosisDate.slice(4)}`;
  return {
    familyName: random.pick(familyNames) + random.pick(secondNames),
    givenName: random.pick(givenNames[sex]),
    // a few days away from a birthday on the day of diagnosis, so that no reading of the calendar changes the age
    birthDate: addDays(birthday, -5 - random.integer(350)),
  };
};
