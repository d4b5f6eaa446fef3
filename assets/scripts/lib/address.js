// The state of a page, kept in its address so that it may be shared.

// readAddress returns what the query string says.
export function readAddress() {
  return new URLSearchParams(window.location.search);
}

// addressOf is the address of the page in another state; empty values are left out.
export function addressOf(state) {
  const query = Object.entries(state)
    .filter(([, value]) => value)
    .map(([key, value]) => key + "=" + encodeURIComponent(value).replaceAll("%2C", ","))
    .join("&");
  return query ? "?" + query : window.location.pathname;
}

// writeAddress adds a state to the history, unless it is the present one.
export function writeAddress(state) {
  const to = addressOf(state);
  const now = window.location.search || window.location.pathname;
  if (to !== now) window.history.pushState(null, "", to);
}

// fileLink makes a link of the data work in a copy of the site opened from a disk, where no server
// finds the index of a directory.
export function fileLink(href) {
  if (window.location.protocol !== "file:") return href;
  const [path, fragment] = href.split("#");
  return (path.endsWith("/") || path === "" ? path + "index.html" : path) + (fragment ? "#" + fragment : "");
}
