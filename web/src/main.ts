import { mount } from "svelte";
import App from "./App.svelte";
import { recall } from "./core/keep";
import { followLinks, match } from "./core/location";
import { followWindows } from "./core/transactions/journal";
import { discover } from "./core/wallet/discovery";
import { resume } from "./core/wallet/session";
import "./style/tokens.css";
import "./style/base.css";
import { routes } from "./routes";
import { preferred, speak, want } from "./words";

const theme = recall("theme");
if (theme) document.documentElement.dataset.theme = theme;
followLinks(document);
discover();
followWindows();
resume();
// The page itself is fetched beside its texts, not after them.
void match(routes, location.pathname)?.route.load();
want("common", "wallet");
await speak(preferred());
mount(App, { target: document.getElementById("app") as HTMLElement });
