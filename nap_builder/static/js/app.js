// Only makes pages quicker to use: every act below also works as a plain link or a plain form.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const changed = new Set();

  const count = (control) => {
    const line = document.getElementById(control.id + "-count");
    if (line) line.textContent = `${line.dataset.words} ${control.dataset.limit - control.value.length}`;
  };

  const prepare = (root) => all("[data-limit]", root).forEach(count);

  const read = async (href) => {
    const answer = await fetch(href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const put = (element, page) => {
    const fresh = element.id && page.getElementById(element.id);
    if (!fresh) throw new Error(element.id);
    element.replaceWith(fresh);
    prepare(fresh);
    return fresh;
  };

  addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-guard]")) changed.add(form);
    if (event.target.dataset.limit) count(event.target);
  });

  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    changed.delete(form);
    all("button", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  });

  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("button", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("form[data-guard]");
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape" && form.dataset.cancel && !changed.has(form)) location.assign(form.dataset.cancel);
  });

  addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-open-row]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const row = document.getElementById(link.dataset.openRow);
    if (!row || changed.size) return;
    event.preventDefault();
    try {
      const page = await read(link.href);
      all("tr.open-row").forEach((open) => put(open, page));
      const fresh = put(row, page);
      history.replaceState(null, "", link.href);
      const first = fresh.querySelector("input:not([type=hidden]), textarea, select") || fresh.querySelector("a");
      if (first) first.focus();
    } catch {
      location.assign(link.href);
    }
  });

  const poll = (element) => setTimeout(async () => {
    try {
      const fresh = put(element, await read(element.dataset.poll));
      if (fresh.dataset.poll) poll(fresh);
    } catch {
      poll(element);
    }
  }, 2000);

  prepare(document);
  all("[data-poll]").forEach(poll);
  all("details[data-open-wide]").forEach((part) => { part.open = matchMedia("(min-width: 62rem)").matches; });
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
