/** Small things that outlive a reload, where the browser allows it. */

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`commonhold.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`commonhold.${name}`);
    else localStorage.setItem(`commonhold.${name}`, value);
  } catch {
    // A browser that keeps nothing: it is asked again next time.
  }
}
