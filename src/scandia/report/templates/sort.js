"use strict";
// Each heading of a table becomes a button that sorts its rows; without scripts the tables stand as they are.
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const headings = Array.from(table.tHead.rows[0].cells);
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const upward = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", upward ? "ascending" : "descending");
      const rows = Array.from(body.rows);
      const key = (row) => {
        const cell = row.cells[column];
        return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
      };
      const compare = (first, second) => {
        const a = key(first), b = key(second);
        if (typeof a === "number" && typeof b === "number") return upward ? a - b : b - a;
        if (typeof a === "number") return -1;
        if (typeof b === "number") return 1;
        return upward ? a.localeCompare(b, "en", { numeric: true }) : b.localeCompare(a, "en", { numeric: true });
      };
      rows.sort(compare).forEach((row) => body.appendChild(row));
    });
  });
}
