// What a scan found. The compiled part hands it over as one string of UTF-16 units, because to make
// objects through Node's interface costs more than most scans; `src/packed.rs` says which units.

"use strict";

const VIEWS = ["raw"];

/** Units in front of the findings of a text. */
const HEAD = 2;
/** Units of a finding. */
const SIZE = 9;

/** The number of findings of the text that begins there. */
function count(packed, at) {
  return packed.charCodeAt(at) | ((packed.charCodeAt(at + 1) & 0x7fff) << 16);
}

/** Whether not all of the text that begins there could be inspected. */
function isIncomplete(packed, at) {
  return (packed.charCodeAt(at + 1) & 0x8000) !== 0;
}

/** The findings of the text that begins there. */
function findings(packed, at, classifiers) {
  const found = [];
  const end = behind(packed, at);
  for (let place = at + HEAD; place < end; place += SIZE) {
    const index = packed.charCodeAt(place + 6) | (packed.charCodeAt(place + 7) << 16);
    const { id, severity } = classifiers[index];
    const sure = packed.charCodeAt(place + 8);
    found.push({
      classifier: id,
      start: offset(packed, place),
      end: offset(packed, place + 3),
      severity,
      confidence: sure & 0xff,
      view: VIEWS[sure >> 8],
    });
  }
  return found;
}

/** Where the next text begins. */
function behind(packed, at) {
  return at + HEAD + count(packed, at) * SIZE;
}

// By arithmetic, because bit operations stop at 32 bits.
function offset(packed, at) {
  return (
    packed.charCodeAt(at) +
    packed.charCodeAt(at + 1) * 0x1_0000 +
    packed.charCodeAt(at + 2) * 0x1_0000_0000
  );
}

module.exports = { behind, findings, isIncomplete };
