/** Hands a text to the browser as a file to keep. In-app browsers that cannot save show it instead. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun with the click; what it reads stays until then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
