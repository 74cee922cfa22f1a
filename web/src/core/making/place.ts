/** Under what an offer is found: as coarse an area as its maker chooses, and a name of the thing. */
export interface Place {
  /** A geohash of at most five characters, about 5 km by 5 km; empty: nowhere. */
  area: string;
  /** Offers of one maker with the same name are of the same thing; empty: of none. */
  calendar: string;
}

export const NOWHERE: Place = { area: "", calendar: "" };
export const isArea = (text: string): boolean => /^[0-9b-hjkmnp-z]{0,5}$/.test(text.trim());
export const isCalendar = (text: string): boolean =>
  /^([a-z0-9][a-z0-9._-]{0,63})?$/.test(text.trim());

/** As the service takes it: without what is empty or cannot be used. */
export function placeOf(place: Place): Partial<Place> {
  const [area, calendar] = [place.area.trim(), place.calendar.trim()];
  return {
    ...(area !== "" && isArea(area) ? { area } : {}),
    ...(calendar !== "" && isCalendar(calendar) ? { calendar } : {}),
  };
}
