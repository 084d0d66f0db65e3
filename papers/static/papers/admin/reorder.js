// Orders the rows of an inline: by dragging, or by two buttons that keyboards and fingers reach.
// All it does is to write numbers into the position fields, which can be typed as well.
"use strict";
(() => {
    const STEP = 10;
    const POSITION = "input[name$='-position']";

    const rowOf = (element) => element.closest("tr.form-row, .inline-related:not(.tabular)");

    function rowsOf(group) {
        return [...group.querySelectorAll(POSITION)]
            .map(rowOf)
            .filter((row) => row && !row.classList.contains("empty-form"));
    }

    function nameOf(row) {
        const named = row.querySelector(".fixed-choice, .select2-selection__rendered[title]")
            || row.querySelector("td.original p, .inline_label")
            || row.querySelector("input[type=url], input[type=text], textarea");
        const text = named ? named.value || named.firstChild?.textContent || "" : "";
        return text.trim().slice(0, 80) || String(rowsOf(row.closest("[data-reorder]")).indexOf(row) + 1);
    }

    // A row that was added and not filled in yet must stay as it is, or it counts as filled in.
    function isFilledIn(row) {
        return row.classList.contains("has_original")
            || [...row.querySelectorAll("input[type=text], input[type=url], textarea, select")]
                .some((field) => !field.matches(POSITION) && field.value !== field.defaultValue
                    && !(field.matches("select") && !field.value));
    }

    function number(group) {
        rowsOf(group).filter(isFilledIn).forEach((row, index) => {
            row.querySelector(POSITION).value = (index + 1) * STEP;
        });
    }

    function announce(group, words, row) {
        const rows = rowsOf(group);
        const values = {name: nameOf(row), place: rows.indexOf(row) + 1, count: rows.length};
        const text = words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
        group.querySelector("[role=status]").textContent = text;
    }

    function move(group, row, by, button) {
        const rows = rowsOf(group);
        const other = rows[rows.indexOf(row) + by];
        if (!other) {
            announce(group, by < 0 ? group.dataset.first : group.dataset.last, row);
            return;
        }
        if (by < 0) {
            other.before(row);
        } else {
            other.after(row);
        }
        number(group);
        announce(group, group.dataset.moved, row);
        // Taken out and put in again, it has lost the focus.
        button.focus();
    }

    function buttonFor(group, row, by) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "reorder-button";
        button.textContent = by < 0 ? "↑" : "↓";
        button.title = by < 0 ? group.dataset.up : group.dataset.down;
        button.setAttribute("aria-label", `${button.title}: ${nameOf(row)}`);
        button.addEventListener("click", () => move(group, row, by, button));
        return button;
    }

    function handleFor(group) {
        const handle = document.createElement("span");
        handle.className = "reorder-handle";
        handle.draggable = true;
        handle.textContent = "⠿";
        handle.title = group.dataset.drag;
        handle.setAttribute("aria-hidden", "true");
        return handle;
    }

    function equip(group, row) {
        if (row.querySelector(".reorder")) {
            return;
        }
        const tools = document.createElement("span");
        tools.className = "reorder";
        tools.append(handleFor(group), buttonFor(group, row, -1), buttonFor(group, row, 1));
        row.querySelector(POSITION).after(tools);
    }

    // On phones a cell stands below the name of its column; the style sheet shows it.
    function nameCells(group) {
        const names = [...group.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
        for (const row of group.querySelectorAll("tr.form-row")) {
            [...row.cells].forEach((cell, index) => {
                cell.dataset.label = cell.children.length ? names[index] || "" : "";
            });
        }
    }

    function enableDragging(group) {
        let dragged = null;
        let before = [];
        group.addEventListener("dragstart", (event) => {
            if (!event.target.classList?.contains("reorder-handle")) {
                return;
            }
            dragged = rowOf(event.target);
            before = rowsOf(group);
            dragged.classList.add("dragged");
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", "");
            event.dataTransfer.setDragImage(dragged, 0, 0);
        });
        group.addEventListener("dragover", (event) => {
            const over = dragged && rowOf(event.target);
            if (!dragged) {
                return;
            }
            event.preventDefault();
            if (!over || over === dragged || !rowsOf(group).includes(over)) {
                return;
            }
            const box = over.getBoundingClientRect();
            if (event.clientY < box.top + box.height / 2) {
                over.before(dragged);
            } else {
                over.after(dragged);
            }
        });
        group.addEventListener("drop", (event) => {
            if (dragged) {
                event.preventDefault();
            }
        });
        group.addEventListener("dragend", (event) => {
            if (!dragged) {
                return;
            }
            const row = dragged;
            dragged = null;
            row.classList.remove("dragged");
            if (event.dataTransfer.dropEffect === "none") {
                // Given up with Escape, or let go outside: everything goes back to its place.
                const [first, ...others] = before;
                rowsOf(group)[0].before(first);
                others.reduce((above, below) => (above.after(below), below), first);
                return;
            }
            number(group);
            announce(group, group.dataset.moved, row);
        });
    }

    function start() {
        for (const group of document.querySelectorAll("[data-reorder]")) {
            nameCells(group);
            rowsOf(group).forEach((row) => equip(group, row));
            enableDragging(group);
            group.addEventListener("formset:added", (event) => equip(group, rowOf(event.target) || event.target));
        }
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", start);
    } else {
        start();
    }
})();
