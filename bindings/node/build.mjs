// Builds the compiled part and puts it beside the package's other files.

import { spawnSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL(".", import.meta.url);
const cargo = spawnSync(
  process.env.CARGO ?? "cargo",
  ["build", "--release", "--locked", "--lib", "--message-format", "json-render-diagnostics"],
  { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] },
);
if (cargo.error !== undefined) {
  throw new Error("cargo can't be run: Rust 1.95 or later is needed", { cause: cargo.error });
}
if (cargo.status !== 0) process.exit(cargo.status ?? 1);

const [library] = cargo.stdout
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line))
  .filter((made) => made.reason === "compiler-artifact" && made.target.name === "sluicegate_node")
  .map((made) => made.filenames[0]);

// Renamed into place: a process that has the old one loaded keeps it.
const beside = fileURLToPath(new URL(`sluicegate.node.${process.pid}.tmp`, folder));
copyFileSync(library, beside);
renameSync(beside, fileURLToPath(new URL("sluicegate.node", folder)));
