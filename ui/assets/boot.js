/* Built-in words of the page follow the browser language; ours is Chinese on every machine. */
for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]]) {
  Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
}
/* Equal files of two users must not land on one temporary path: each upload gets its own name. */
const appendToForm = FormData.prototype.append;
FormData.prototype.append = function (name, value, ...rest) {
  if (!(value instanceof File)) return appendToForm.call(this, name, value, ...rest);
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const token = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return appendToForm.call(this, name, value, `u${token}_${rest[0] ?? value.name}`);
};
