import type { Translation } from "../sections";

const words: Translation<"explorer"> = {
  blocks: "Blöcke",
  "blocks.lead":
    "Die neuesten Blöcke dieser Kette. Nur eine Kette auf diesem Rechner wird hier gezeigt.",
  older: "Ältere Blöcke",
  block: "Block {number}",
  transaction: "Transaktion",
  account: "Konto",
  "contract.of": "Vertrag des Marktes: {name}",
  contract: "Ein Vertrag",
  time: "Zeit",
  hash: "Hash",
  parent: "Block davor",
  gas: "Verbrauchtes Gas",
  sent: "{count} Transaktion | {count} Transaktionen",
  none: "Keine Transaktion",
  from: "Von",
  to: "An",
  creates: "Erstellt einen Vertrag",
  value: "Gesendete Münze",
  calls: "Ruft auf",
  state: "Stand",
  waits: "Wartet auf einen Block",
  succeeded: "Gelungen",
  failed: "Gescheitert",
  why: "Warum",
  nonce: "Nonce",
  "nonce.account": "Gesendete Transaktionen",
  data: "Daten",
  events: "Ereignisse",
  "events.none": "Sie hat nichts gemeldet.",
  balance: "Gehaltene Münze",
  nothing: "Das gibt es auf dieser Kette nicht",
  "nothing.why":
    "{what} ist dem Knoten nicht bekannt. Wurde die Kette neu begonnen, ist das Frühere fort.",
  elsewhere: "Dieser Markt ist nicht auf einer Kette dieses Rechners",
  "elsewhere.why":
    "Öffnen Sie {path} im Explorer der Kette {chain}: Explorer haben dieselben Pfade.",
};

export default words;
