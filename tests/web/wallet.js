// A wallet for tests: announces itself as wallets do (EIP-6963); Python does what it is asked.
(({ uuid, name, rdns, icon }) => {
  const listeners = {};
  const provider = {
    async request({ method, params }) {
      const { result, error } = await window.testWallet(rdns, method, params ?? []);
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
    on: (event, run) => (listeners[event] ??= new Set()).add(run),
    removeListener: (event, run) => listeners[event]?.delete(run),
  };
  const tell = (event, told) => listeners[event]?.forEach((run) => run(told));
  (window.testWallets ??= {})[rdns] = { provider, tell };
  const info = Object.freeze({ uuid, name, icon, rdns });
  const announce = () =>
    window.dispatchEvent(
      new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }),
    );
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})(WALLET);
