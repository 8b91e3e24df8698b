// What a page cannot do without a script: move to the list of problems, and copy an address.
document.addEventListener("DOMContentLoaded", () => {
  const problems = document.getElementById("problems");
  if (problems) problems.focus();
});

document.addEventListener("click", async (click) => {
  const button = click.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.textContent);
  document.getElementById(`${button.dataset.copy}-copied`).textContent = button.dataset.done;
});
