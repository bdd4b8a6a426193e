import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { matrixDocument } from "../tests/policy/support/matrix";
import { catalogue } from "./engine/catalogue";
import { rules } from "./rules";

writeFileSync(resolve(__dirname, "RULES.md"), catalogue(rules));
writeFileSync(resolve(__dirname, "../docs/policy-matrix.md"), matrixDocument());
