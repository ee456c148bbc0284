// The notebooks of the workspace in JupyterLab's launcher. Written by hand as the container that
// JupyterLab loads (init, get), so that nothing need be built.
(() => {
  let shared = {};

  // A package of JupyterLab itself, as JupyterLab has it
  const lab = async (name) => (await Object.values(shared[name])[0].get())();

  const title = (file) => {
    const words = file.replace(/\.ipynb$/, "").replaceAll("-", " ");
    return words[0].toUpperCase() + words.slice(1);
  };

  async function notebooks(contents) {
    const held = await contents.get("notebooks").catch(() => ({ content: [] }));
    return held.content.filter((one) => one.type === "notebook").map((one) => one.path);
  }

  async function plugin() {
    const { ILauncher } = await lab("@jupyterlab/launcher");
    const { notebookIcon } = await lab("@jupyterlab/ui-components");
    const command = "cspanalysis:open";
    const name = (path) => path.split("/").pop();
    return {
      id: "cspanalysis-launcher:plugin",
      autoStart: true,
      optional: [ILauncher],
      activate: async (app, launcher) => {
        if (!launcher) return;
        app.commands.addCommand(command, {
          label: ({ path }) => (path ? title(name(path)) : "Open a notebook of the workspace"),
          caption: ({ path }) => (path ? `Open ${path}` : ""),
          icon: notebookIcon,
          execute: ({ path }) => app.commands.execute("docmanager:open", { path }),
        });
        const found = await notebooks(app.serviceManager.contents);
        const first = (path) => (name(path) === "explore.ipynb" ? 0 : 1);
        found.sort((one, other) => first(one) - first(other) || one.localeCompare(other));
        found.forEach((path, rank) =>
          launcher.add({ command, args: { path }, category: "Community safety", rank }),
        );
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["cspanalysis-launcher"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
