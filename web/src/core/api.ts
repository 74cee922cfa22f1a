/** The API of this market: typed by its own document, errors as values that say what to do. */
import createClient, { type FetchResponse } from "openapi-fetch";
import type { components, paths } from "../generated/api";

export type Shapes = components["schemas"];
export type Block = Shapes["BlockOut"];
export type Amount = Shapes["AmountOut"];
export type Offer = Shapes["OfferOut"];
export type OfferAt = Shapes["OfferAtOut"];

/** `api.GET("/api/v1/offers", { params: { query: {...} } })`; give what it returns to `told`. */
export const api = createClient<paths>({ baseUrl: "" });

/** What the service refuses (RFC 9457). `kind` is the stable name that a program switches on. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly kind: string,
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(`${title}: ${detail}`);
  }
}

/** Nobody answers: the service or the network is away. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

const PREFIX = "urn:problem-type:commonhold:";

/** The data of an answer. Raises Problem and Unreachable. */
export async function told<
  T extends Record<string | number, unknown>,
  O,
  M extends `${string}/${string}`,
>(asked: Promise<FetchResponse<T, O, M>>): Promise<NonNullable<FetchResponse<T, O, M>["data"]>> {
  let answer: FetchResponse<T, O, M>;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable("the service does not answer");
  }
  if (answer.data !== undefined && answer.data !== null) return answer.data;
  throw problemOf(answer.error, answer.response);
}

function problemOf(body: unknown, response: Response): Problem | Unreachable {
  if (typeof body !== "object" || body === null || !("type" in body)) {
    return new Unreachable(`the service answers ${response.status} and nothing else`);
  }
  const { type, title, detail, ...more } = body as Record<string, unknown>;
  const kind = String(type).replace(PREFIX, "");
  return new Problem(kind, response.status, String(title), String(detail), more);
}
