// Makes of a text of tags a box that proposes those there are and takes new ones. The text stays
// what is sent: "fine-tuning, 大语言模型".
"use strict";
document.addEventListener("DOMContentLoaded", () => {
    const $ = django.jQuery;
    const SEPARATORS = [",", "，", "、", ";", "；"];

    const quoted = (name) => SEPARATORS.some((sign) => name.includes(sign)) ? `"${name}"` : name;

    function proposals(url) {
        return {
            url,
            // One question a pause, not one a letter.
            delay: 250,
            data: (typed) => ({
                term: typed.term,
                page: typed.page,
                app_label: "papers",
                model_name: "taggedpaper",
                field_name: "tag",
            }),
            processResults: (found) => ({
                results: found.results.map((tag) => ({id: tag.text, text: tag.text})),
                pagination: found.pagination,
            }),
        };
    }

    for (const input of document.querySelectorAll("input.tags-input")) {
        const select = document.createElement("select");
        select.multiple = true;
        for (const name of JSON.parse(input.dataset.names)) {
            select.append(new Option(name, name, true, true));
        }
        // The label is now that of the box.
        select.id = input.id;
        input.removeAttribute("id");
        input.type = "hidden";
        input.after(select);
        $(select).select2({
            ajax: proposals(input.dataset.url),
            tags: true,
            tokenSeparators: SEPARATORS,
            theme: "admin-autocomplete",
            width: "100%",
            createTag: ({term}) => {
                const name = term.trim().replace(/\s+/g, " ");
                const chosen = [...select.selectedOptions].map((option) => option.value.toLowerCase());
                return name && !chosen.includes(name.toLowerCase()) ? {id: name, text: name} : null;
            },
        }).on("change", () => {
            input.value = [...select.selectedOptions].map((option) => quoted(option.value)).join(", ");
        });
    }
});
