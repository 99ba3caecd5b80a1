/**
 * Emscripten's embind builds the functions that call into WebAssembly from text (`new Function`), which the window's
 * content security policy forbids. These closures do the same without text; for the file of clipper2-wasm.
 */
const INVOKER = `return (...captured) => {
  const [, , invoker, fn, runDestructors, fromRetWire, toThisWire] = captured;
  const toWire = captured.slice(7, 7 + argCount);
  const isOwned = (type) => type !== null && type.destructorFunction !== null;
  const owned = needsDestructorStack ? [] : [...(isClassMethodFunc && isOwned(argTypes[1]) ? [1] : []), ...argTypes.slice(2).flatMap((type, i) => (isOwned(type) ? [i + (isClassMethodFunc ? 2 : 1)] : []))];
  const destroy = captured.slice(7 + argCount);
  const call = (self, args) => {
    const destructors = needsDestructorStack ? [] : null;
    const wired = isClassMethodFunc ? [fn, toThisWire(destructors, self)] : [fn];
    for (let i = 0; i < argCount; i++) wired.push(toWire[i](destructors, args[i]));
    const result = invoker(...wired);
    if (needsDestructorStack) runDestructors(destructors);
    else for (let i = 0; i < owned.length; i++) destroy[i](wired[owned[i]]);
    return returns ? fromRetWire(result) : undefined;
  };
  const isPlain = !needsDestructorStack && owned.length === 0 && isClassMethodFunc;
  if (isPlain && argCount === 0) return function () { const result = invoker(fn, toThisWire(null, this)); return returns ? fromRetWire(result) : undefined };
  if (isPlain && argCount === 1) return function (a) { const result = invoker(fn, toThisWire(null, this), toWire[0](null, a)); return returns ? fromRetWire(result) : undefined };
  return function (...args) { return call(this, args) };
}`

const METHOD_CALLER = `function (handle, methodName, destructorsRef, args) {
  const values = argFromPtr.map((read, i) => read(args + i * GenericWireTypeSize));
  const target = kind === 3 ? undefined : Emval.toValue(handle);
  const result = kind === 0 ? target(...values) : kind === 1 ? target[getStringOrSymbol(methodName)](...values) : kind === 2 ? new target(...values) : values.at(-1);
  return retType.isVoid ? undefined : emval_returnValue(toReturnWire, destructorsRef, result);
}`

const REPLACED = [
  ['return new Function(args1,invokerFnBody)', INVOKER],
  ['new Function(Object.keys(captures),functionBody)(...Object.values(captures))', METHOD_CALLER],
]

/**
 * Embind's JavaScript with its text-built functions replaced. @throws where the text isn't as known: look at the new version, then here.
 * @param {string} code
 * @returns {string}
 */
export function withoutEval(code) {
  return REPLACED.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`embind no longer holds “${from}” once: build/embind-without-eval.mjs must follow`)
    return text.replace(from, () => to)
  }, code)
}

/**
 * The same for Vite.
 * @returns {import('vite').Plugin}
 */
export function embindWithoutEval() {
  return {
    name: 'gongbang:embind-without-eval',
    // Node has no such policy, and text-built functions are a little faster.
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    transform(code, id) {
      return /clipper2-wasm\/dist\/es\/clipper2z\.js(\?|$)/.test(id) ? { code: withoutEval(code), map: null } : undefined
    },
  }
}
