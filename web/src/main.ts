import { mount } from "svelte";
import App from "./App.svelte";
import { recall } from "./core/keep";
import { followLinks } from "./core/location";
import { discover } from "./core/wallet/discovery";
import { resume } from "./core/wallet/session";
import "./style/tokens.css";
import "./style/base.css";
import { load, preferred, speak } from "./words";

const theme = recall("theme");
if (theme) document.documentElement.dataset.theme = theme;
followLinks(document);
discover();
resume();
await speak(preferred());
await load("common", "wallet");
mount(App, { target: document.getElementById("app") as HTMLElement });
