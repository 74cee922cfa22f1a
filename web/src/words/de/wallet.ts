import type { Translation } from "../sections";

const words: Translation<"wallet"> = {
  connect: "Verbinden",
  first: "Wallet verbinden",
  network: "Ihre Wallet ist auf einer anderen Kette als dieser Markt.",
  choose: "Wallet wählen",
  none: "In diesem Browser wurde keine Wallet gefunden. Lesen geht ohne; zum Handeln installieren Sie eine und laden die Seite neu.",
  connecting: "Warten auf {wallet} …",
  refused: "Sie haben abgelehnt. Nichts wurde gesendet, nichts hat sich geändert.",
  failed: "{wallet} konnte nicht verbunden werden: {why}",
  connected: "{wallet}, verbunden",
  disconnect: "Trennen",
  "disconnect.hint":
    "Die Seite vergisst die Wallet. Die Erlaubnis selbst nehmen Sie in der Wallet zurück.",
  wrong: "Falsches Netz",
  "wrong.why": "Ihre Wallet ist auf Kette {found}, dieser Markt ist auf {wanted}.",
  switch: "Zu {chain} wechseln",
  "switch.unknown": "Ihre Wallet kennt {chain} nicht. Fügen Sie die Kette dort hinzu.",
  tryIt: "Ausprobieren",
  "tryIt.hint":
    "Spielgeld auf der eigenen Kette dieser Maschine. Seien Sie, wer Sie wollen; nichts wird installiert.",
  be: "Sie sind",
  deeds: "Was Sie getan haben",
  "step.check": "Es wird geprüft, ob es gelingt",
  "step.confirm": "Bitte in der Wallet bestätigen",
  "step.block": "Warten auf einen Block",
  "step.indexed": "Warten, bis der Markt es gelesen hat",
  progress: "Schritt {now} von {all}",
  "outcome.done": "Fertig, in Block {number}",
  "outcome.signed": "Unterschrieben",
  "outcome.refused": "Sie haben in der Wallet abgelehnt. Nichts wurde gesendet.",
  "outcome.failed": "Das ging nicht: {why}",
  "outcome.replaced": "Eine andere Ihrer Transaktionen ist an die Stelle getreten.",
  "outcome.dropped":
    "Das Netz hat sie fallen lassen, ehe sie in einen Block kam. Sie können es noch einmal tun.",
  "outcome.undone":
    "Die Kette hat es rückgängig gemacht. Sehen Sie nach, bevor Sie es wiederholen.",
  "failed.InsufficientFunds": "auf Ihrem Konto ist nicht genug für Betrag und Gas.",
  "failed.InsufficientToken": "Ihr Konto hat weniger von dem Token, als das kostet.",
  dismiss: "Ausblenden",
  transaction: "Transaktion {hash}",
  "what.openTrade": "Handel eröffnen",
  "what.openTradeWithPermits": "Handel eröffnen",
  "what.approve": "Genau den Betrag freigeben",
  "what.permit": "Freigabe unterschreiben",
};
export default words;
