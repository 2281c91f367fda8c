// A file that is dropped beside its place: browsers would leave the page and show it.

const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

function refuse(event) {
  if (event.defaultPrevented || !hasFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}

export function startDrops() {
  addEventListener("dragover", refuse);
  addEventListener("drop", refuse);
}
