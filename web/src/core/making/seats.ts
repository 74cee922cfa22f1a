/** Who takes part in an offer that is being made. */

export interface Seat {
  /** `open`: whoever takes it; `none`: nobody, where the terms go without. */
  is: "open" | "named" | "none";
  account: string;
}

export interface Seats {
  /** The maker's role. */
  own: string;
  others: Record<string, Seat>;
}

export const isAccount = (text: string): boolean => /^0x[0-9a-f]{40}$/i.test(text.trim());

/** The first role makes it, the next one takes it, and nobody else is in it. */
export function usualSeats(roles: readonly string[]): Seats {
  const [own = "", ...rest] = roles;
  const others = Object.fromEntries(
    roles.map((role): [string, Seat] => [
      role,
      { is: role === rest[0] || role === own ? "open" : "none", account: "" },
    ]),
  );
  return { own, others };
}

/** The seats of a counter-offer: who would take the other one makes this, for its maker alone. */
export function answeringSeats(
  roles: readonly string[],
  parties: readonly string[],
  account: string | null,
): Seats {
  const mine = parties.findIndex((one) => one.toLowerCase() === account?.toLowerCase());
  const open = parties.findIndex((one) => /^0x0{40}$/.test(one));
  const own = roles[mine >= 0 ? mine : open] ?? roles[0] ?? "";
  const others = roles.map((role, index): [string, Seat] => [
    role,
    role === own ? { is: "open", account: "" } : { is: "named", account: parties[index] ?? "" },
  ]);
  return { own, others: Object.fromEntries(others) };
}

/** As the service takes them; null where a name is missing. */
export function partiesOf(
  roles: readonly string[],
  seats: Seats,
  account: string,
): Record<string, string | null> | null {
  const parties: Record<string, string | null> = {};
  for (const role of roles) {
    const seat = seats.others[role];
    if (role === seats.own) parties[role] = account;
    else if (seat === undefined || seat.is === "none") continue;
    else if (seat.is === "open") parties[role] = null;
    else if (isAccount(seat.account)) parties[role] = seat.account.trim();
    else return null;
  }
  return parties;
}
