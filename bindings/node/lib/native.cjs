// The compiled part, which `npm run prepare` builds.

"use strict";

module.exports = require("../sluicegate.node");
