import type { Translation } from "../sections";

const words: Translation<"dashboard"> = {
  title: "Der Markt in Zahlen",
  lead: "Die letzten {days} Tage nach der Uhr der Chain, Tag für Tag (UTC). Alles hier ist aus dem errechnet, was die Verträge gemeldet haben.",
  nothing: "In diesen Tagen ist nichts geschehen.",
  day: "Tag",
  value: "Wert",
  table: "Die Tabelle dahinter",
  trades: "Eröffnete Geschäfte",
  disputed: "Bestrittene Teile",
  turnout: "Beteiligung an Abstimmungen",
  volume: "Umsatz in {asset}",
  "volume.what":
    "Worum es in den abgeschlossenen Teilen ging: bezahlt, zurückgegeben und Gebühren.",
  fees: "Gebühren in {asset}",
  "fees.what": "Sie gehen alle an die gemeinsame Kasse.",
  spent: "Aus der Kasse ausgezahlt in {asset}",
  sum: "{value} in diesen Tagen",
  highest: "höchstens {value} am Tag",
  treasury: "Gemeinsame Kasse",
  "treasury.earned": "Durch Gebühren eingenommen",
  "treasury.owed": "Davon noch beim Escrow",
  "treasury.spent": "Durch Abstimmungen ausgezahlt",
  asset: "Währung",
  disputes: "Streitfälle vor dem Gericht",
  "cases.opened": "Eröffnet",
  "cases.closed": "Abgeschlossen",
  spread: "Wie die Stimmen verteilt sind",
  "spread.voters": "Konten mit Stimmen",
  "spread.nakamoto": "So wenige haben zusammen mehr als die Hälfte",
  "spread.largest": "Anteil des größten",
  "spread.ten": "Anteil der zehn größten",
  "spread.gini": "Gini-Koeffizient",
};

export default words;
