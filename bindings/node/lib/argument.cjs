// What callers hand over, checked here so that the compiled part need not ask again.

"use strict";

const { fileURLToPath } = require("node:url");
const { isUint8Array } = require("node:util/types");

/** What something is called in an error; never what it holds. */
function kind(value) {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return value.constructor?.name ?? "an object";
}

/** Refuses what is neither a string nor a buffer of bytes. */
function checkText(text) {
  if (typeof text !== "string" && !isUint8Array(text)) {
    throw new TypeError(`expected a string, Buffer or Uint8Array, not ${kind(text)}`);
  }
}

/** A text as what comes of it where it stays as it came: of bytes a view of the same memory. */
function toBack(text) {
  if (typeof text === "string" || Buffer.isBuffer(text)) return text;
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength);
}

/** Texts as an array that nobody else can change. */
function toTexts(texts) {
  if (typeof texts === "string" || isUint8Array(texts)) {
    throw new TypeError(`expected an iterable of texts, not one ${kind(texts)}`);
  }
  if (typeof texts?.[Symbol.iterator] !== "function") {
    throw new TypeError(`expected an iterable of texts, not ${kind(texts)}`);
  }
  const copy = [...texts];
  copy.forEach(checkText);
  return copy;
}

/** The path of a file, from a string or a URL. */
function toPath(path) {
  if (path instanceof URL) return fileURLToPath(path);
  if (typeof path !== "string") {
    throw new TypeError(`expected a path as a string or URL, not ${kind(path)}`);
  }
  return path;
}

/** The path of an index, or its bytes. */
function toIndex(index) {
  if (isUint8Array(index)) return index;
  if (typeof index === "string" || index instanceof URL) return toPath(index);
  throw new TypeError(`expected a path, or a Buffer or Uint8Array, not ${kind(index)}`);
}

/** The paths of several. */
function toPaths(paths) {
  if (typeof paths === "string" || typeof paths?.[Symbol.iterator] !== "function") {
    throw new TypeError(`expected an iterable of paths, not ${kind(paths)}`);
  }
  return Array.from(paths, toPath);
}

/** Options as given, or none. */
function checkOptions(options) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`expected an object of options, not ${kind(options)}`);
  }
  return options;
}

/** An option that is a whole number in these bounds. */
function toWhole(name, value, most) {
  if (typeof value !== "number") {
    throw new TypeError(`expected a number for ${name}, not ${kind(value)}`);
  }
  if (!(Number.isInteger(value) && value >= 0 && value <= most)) {
    throw new RangeError(`${name} is a whole number from 0 to ${most}, not ${value}`);
  }
  return value;
}

/** An option that is one of these words. */
function toWord(name, value, words) {
  if (typeof value !== "string") {
    throw new TypeError(`expected a string for ${name}, not ${kind(value)}`);
  }
  if (!words.includes(value)) {
    throw new RangeError(`${name} is one of ${words.join(", ")}`);
  }
  return value;
}

/** Secret bytes. */
function toKey(key) {
  if (!isUint8Array(key)) {
    throw new TypeError(`expected a key as a Buffer or Uint8Array, not ${kind(key)}`);
  }
  return key;
}

module.exports = {
  checkOptions,
  checkText,
  kind,
  toBack,
  toIndex,
  toKey,
  toPath,
  toPaths,
  toTexts,
  toWhole,
  toWord,
};
