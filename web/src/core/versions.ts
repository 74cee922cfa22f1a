/** Which version of the rules, and so which vote, a value comes from. */
import type { Shapes } from "./api";

/** The newest version, up to and with this one, that changed a field; `versions` newest first. */
export function originOf(
  versions: readonly Shapes["VersionOut"][],
  version: number,
  field: string,
): Shapes["VersionOut"] | null {
  const told = versions.filter((one) => one.version <= version);
  return (
    told.find((one) => one.fields.some((each) => each.field === field && each.changed)) ?? null
  );
}
