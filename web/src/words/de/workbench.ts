import type { Translation } from "../sections";

const words: Translation<"workbench"> = {
  title: "Werkbank",
  lead: "Für Entwickler. Diese Kette ist auf diesem Rechner und nichts wert: nur zu.",
  elsewhere: "Eine Werkbank gibt es nur für eine Kette auf diesem Rechner.",
  faucet: "Münze und Token",
  account: "Konto",
  "account.bad": "Ein Konto ist 0x und 40 Zeichen aus 0–9 und a–f.",
  coin: "100 {symbol} geben",
  token: "1.000 {symbol} geben",
  time: "Zeit",
  "time.lead": "Nach der Kette ist es {time}. Die Zeit geht nur vorwärts.",
  hour: "Eine Stunde später",
  day: "Einen Tag später",
  week: "Eine Woche später",
  seconds: "Sekunden",
  wait: "Vergehen lassen",
  "wait.bad": "Eine ganze Zahl von Sekunden, von 1 bis 315360000 (zehn Jahre).",
  mine: "Einen Block erzeugen",
  scenarios: "Szenen",
  "scenarios.lead": "Die Leute dieser Kette führen sie mit eigenen Transaktionen herbei.",
  "scenario.proposal": "Ein Vorschlag zum Abstimmen",
  played: "Sehen, was daraus wurde",
  past: "Zurückgehen",
  "past.lead":
    "Die Kette merken, wie sie jetzt ist, und später dorthin zurückgehen. Was dazwischen geschah, ist für alle ungeschehen; auch die Uhr der Kette geht zurück.",
  snapshot: "Merken",
  remembered: "Block {number}",
  revert: "Dorthin zurückgehen",
  done: "Getan: {what}",
  failed: "Das ging nicht: {why}",
  explorer: "Blöcke",
};

export default words;
