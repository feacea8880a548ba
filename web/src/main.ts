/** The workbench's entry: empty for now, it only says what Osteon is for. */
const workbench = document.querySelector("#workbench");
if (workbench) workbench.textContent = "Osteon — decision support for research. Not a medical device.";
