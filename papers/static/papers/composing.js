// While Chinese is being composed, nothing is looked for: the letters in the box are no words yet.
document.addEventListener("input", (event) => {
  if (event.isComposing) event.stopPropagation();
}, true);
document.addEventListener("compositionend", (event) => {
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});
