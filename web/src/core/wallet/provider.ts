/** What every wallet speaks (EIP-1193), and how its refusals are told apart. */

export interface Provider {
  request(asked: { method: string; params?: unknown }): Promise<unknown>;
  on?(event: string, listener: (told: never) => void): unknown;
  removeListener?(event: string, listener: (told: never) => void): unknown;
}

export const USER_REFUSED = 4001;
export const UNKNOWN_CHAIN = 4902;

/** The code of a wallet's error, also where a wallet has put it inside another. */
export function codeOf(error: unknown): number | null {
  for (let one = error, depth = 0; one !== null && typeof one === "object" && depth < 8; depth++) {
    const { code, data, cause } = one as Record<string, unknown>;
    if (typeof code === "number" && code !== -32603) return code;
    one = (data as { originalError?: unknown } | undefined)?.originalError ?? cause;
  }
  return null;
}

/** Whether it is the user who said no: nothing is wrong then, and nothing was sent. */
export const isRefusal = (error: unknown): boolean => codeOf(error) === USER_REFUSED;
